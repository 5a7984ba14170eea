namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Keeps what a turn has to say for as long as the visitor may not have finished: the turn is composed from what was heard so far, and
/// either released, when that was all, or discarded, when speech goes on or the final transcript differs.
/// </summary>
internal sealed class TurnHold : IDisposable
{
    /// <summary>An answer by extraction is some twenty messages before its first sound; who has more to say waits.</summary>
    private const int MostKept = 64;

    private readonly SemaphoreSlim gate = new(1);
    private readonly Queue<Func<Task>> kept = new();
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool discarded;

    /// <summary>Completes when as much of the turn's voice is there as is made before it is released.</summary>
    public Task Prepared => prepared.Task;

    /// <summary>Completes when the turn may speak.</summary>
    public Task Released => released.Task;

    public bool IsReleased => released.Task.IsCompletedSuccessfully;

    /// <summary>A turn that was asked outright.</summary>
    public static TurnHold None()
    {
        var hold = new TurnHold();
        hold.released.SetResult();
        return hold;
    }

    public void TellPrepared() => prepared.TrySetResult();

    /// <summary>Sends now, or in its order when the turn is released.</summary>
    public async Task PassAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        if (!IsReleased && await KeepAsync(send, cancellationToken))
        {
            return;
        }

        await released.Task.WaitAsync(cancellationToken);
        await send();
    }

    /// <returns>False: it had been discarded.</returns>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            while (!discarded && kept.TryDequeue(out var send))
            {
                await send();
            }

            return !discarded && released.TrySetResult();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <returns>False: it is released already, and must be interrupted instead.</returns>
    public async Task<bool> TryDiscardAsync()
    {
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            discarded |= !IsReleased;
            return discarded;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<bool> KeepAsync(Func<Task> send, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (IsReleased || kept.Count == MostKept)
            {
                return false;
            }

            kept.Enqueue(send);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }
}
