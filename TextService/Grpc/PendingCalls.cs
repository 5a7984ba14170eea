using System.Collections.Concurrent;
using Museum.TextService.Generation;

namespace Museum.TextService.Grpc;

/// <summary>Function calls of one turn that wait for the client.</summary>
internal sealed class PendingCalls(TimeSpan patience) : IFunctionResults
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<FunctionOutcome>> calls = new();
    private volatile bool closed;
    // Who knows no function results answers none of them: the visitor waits for that once.
    private volatile bool isSilent;

    public async Task<FunctionOutcome> WaitAsync(string callId, CancellationToken ct)
    {
        var waiting = calls.GetOrAdd(callId, _ => New());
        if (closed)
        {
            waiting.TrySetResult(Left);
        }

        if (isSilent && !waiting.Task.IsCompleted)
        {
            return Late;
        }

        try
        {
            return await waiting.Task.WaitAsync(patience, ct);
        }
        catch (TimeoutException)
        {
            isSilent = true;
            return Late;
        }
    }

    /// <summary>By call id, the first result wins.</summary>
    public void Complete(string callId, FunctionOutcome outcome) => calls.GetOrAdd(callId, _ => New()).TrySetResult(outcome);

    /// <summary>The client has closed its side: nothing more will come.</summary>
    public void Close()
    {
        closed = true;
        foreach (var waiting in calls.Values)
        {
            waiting.TrySetResult(Left);
        }
    }

    private static FunctionOutcome Left { get; } = new(false, "\"the client has closed its side\"");

    private static FunctionOutcome Late { get; } = new(false, "\"the client did not answer in time\"");

    private static TaskCompletionSource<FunctionOutcome> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
