namespace Museum.VoiceCallService.Realtime;

/// <summary>Written and spoken questions come from two sides: what they do to a call's turns is done one after the other, until the call ends.</summary>
internal sealed class TurnSteps : IAsyncDisposable
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource lifetime = new();
    private readonly SemaphoreSlim step = new(1);

    public CancellationToken CallEnds => lifetime.Token;

    /// <inheritdoc cref="TakeAsync{T}"/>
    public Task TakeAsync(Func<Task> act, CancellationToken cancellationToken) => TakeAsync(
        async () =>
        {
            await act();
            return true;
        },
        cancellationToken);

    /// <exception cref="OperationCanceledException">The call has ended, or nobody waits any more.</exception>
    public async Task<T> TakeAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await step.WaitAsync(cancellationToken);
        try
        {
            lifetime.Token.ThrowIfCancellationRequested();
            return await act();
        }
        finally
        {
            step.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        // A step under way ends first, and none begins after it; one that waits for a client that takes nothing in is not waited for.
        // Neither field is disposed: the socket's reader may still come.
        if (await step.WaitAsync(StepLimit))
        {
            step.Release();
        }
    }
}
