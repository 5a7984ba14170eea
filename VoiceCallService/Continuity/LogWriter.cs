using Museum.ServiceDefaults.Errors;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// Writes a call's log to the store, beside the call: one write at a time, with everything that has come since the last. What could not
/// be written is tried again with what comes next, at the latest with the next heartbeat.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="sync">The log's lock; whoever calls holds it.</param>
/// <param name="next">Everything above a number, and the call's state; asked under the lock.</param>
internal sealed class LogWriter(CallStore store, Lock sync, Func<long, LogWrite> next)
{
    private Task writing = Task.CompletedTask;
    private long written;
    private bool dirty;
    private bool anew;
    private bool closed;

    /// <summary>The call is not this holder's any more, and nothing is written again: <see cref="Written.Moved"/> or <see cref="Written.Over"/>.</summary>
    public event Action<Written>? Lost;

    /// <summary>Ends when the store knows everything, or cannot be reached.</summary>
    public Task Writing => writing;

    /// <summary>The store has everything up to this number.</summary>
    public void ContinueAfter(long last) => written = last;

    /// <param name="soon">Else with what has to be written next.</param>
    public void Write(bool soon)
    {
        dirty |= soon;
        if (dirty && !closed && writing.IsCompleted)
        {
            writing = Task.Run(WriteAllAsync);
        }
    }

    /// <summary>Nothing more is written.</summary>
    public void Close() => closed = true;

    private async Task WriteAllAsync()
    {
        while (Next() is { } write)
        {
            try
            {
                // Its own deadline is the store's.
                if (!TakeUp(write, await store.WriteAsync(write, CancellationToken.None)))
                {
                    return;
                }
            }
            catch (DependencyException)
            {
                TryLater();
                return;
            }
        }
    }

    private LogWrite? Next()
    {
        lock (sync)
        {
            if (!dirty || closed)
            {
                // In the same step as the look at `dirty`, so that the next message starts a new one.
                writing = Task.CompletedTask;
                return null;
            }

            // All at once (at most 256 KB): the state is of the last message's moment and must not be in the store without it.
            dirty = false;
            return next(anew ? 0 : written) with { Anew = anew };
        }
    }

    /// <returns>False: for now there is nothing more to write.</returns>
    private bool TakeUp(LogWrite write, Written result)
    {
        switch (result)
        {
            case Written.Raised:
                TryLater();
                return false;
            case Written.Moved or Written.Over:
                lock (sync)
                {
                    closed = true;
                }

                Lost?.Invoke(result);
                return false;
            default:
                lock (sync)
                {
                    anew = result == Written.Forgotten;
                    written = anew ? 0 : write.LastSeq;
                    dirty |= anew;
                }

                return true;
        }
    }

    private void TryLater()
    {
        lock (sync)
        {
            dirty = true;
            writing = Task.CompletedTask;
        }
    }
}
