using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;

namespace Museum.TextService.Conversation;

/// <summary>Ends an answer that takes too long, and tells that from a caller who left.</summary>
internal sealed class AnswerDeadline : IDisposable
{
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenSource both;
    private readonly CancellationToken caller;

    public AnswerDeadline(TimeSpan within, TimeProvider time, CancellationToken caller)
    {
        this.caller = caller;
        Budget = new TurnBudget(within, time);
        deadline = new CancellationTokenSource(within, time);
        both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, caller);
    }

    public CancellationToken Token => both.Token;

    /// <summary>What all calls of the answer may take, from its question's arrival.</summary>
    public TurnBudget Budget { get; }

    public bool HasPassed => deadline.IsCancellationRequested && !caller.IsCancellationRequested;

    public static NetworkException Exceeded(Exception cause) => new("answer_too_late", "The answer took too long.", cause);

    /// <exception cref="NetworkException"><c>answer_too_late</c>.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> answer)
    {
        try
        {
            return await answer(Token);
        }
        catch (OperationCanceledException e) when (HasPassed)
        {
            throw Exceeded(e);
        }
    }

    public void Dispose()
    {
        both.Dispose();
        deadline.Dispose();
    }
}
