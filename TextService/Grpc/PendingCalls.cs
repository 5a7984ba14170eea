using System.Collections.Concurrent;
using Museum.TextService.Generation;

namespace Museum.TextService.Grpc;

/// <summary>Function calls of one turn that wait for the client.</summary>
internal sealed class PendingCalls(TimeSpan patience) : IFunctionResults
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<FunctionOutcome>> _waiting = new();
    private volatile bool _closed;

    public async Task<FunctionOutcome> WaitAsync(string callId, CancellationToken ct)
    {
        var waiting = _waiting.GetOrAdd(callId, _ => New());
        if (_closed)
        {
            waiting.TrySetResult(Left);
        }

        try
        {
            return await waiting.Task.WaitAsync(patience, ct);
        }
        catch (TimeoutException)
        {
            return new FunctionOutcome(false, "\"the client did not answer in time\"");
        }
    }

    /// <summary>By call id, the first result wins.</summary>
    public void Complete(string callId, FunctionOutcome outcome) => _waiting.GetOrAdd(callId, _ => New()).TrySetResult(outcome);

    /// <summary>The client has closed its side: nothing more will come.</summary>
    public void Close()
    {
        _closed = true;
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetResult(Left);
        }
    }

    private static FunctionOutcome Left { get; } = new(false, "\"the client has closed its side\"");

    private static TaskCompletionSource<FunctionOutcome> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
