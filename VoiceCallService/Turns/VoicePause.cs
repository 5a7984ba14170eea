namespace Museum.VoiceCallService.Turns;

/// <summary>Somebody speaks while the guide does: its voice stands still until it is known whether they mean it.</summary>
internal sealed class VoicePause(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? over;
    private long pausedAt;
    private long pausedFor;

    public bool IsPaused
    {
        get
        {
            lock (gate)
            {
                return over is not null;
            }
        }
    }

    /// <summary>All pauses together, in ticks of the clock; one that still lasts does not count yet.</summary>
    public long PausedFor => Interlocked.Read(ref pausedFor);

    /// <summary>Completed while nobody speaks.</summary>
    public Task Over
    {
        get
        {
            lock (gate)
            {
                return over?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <returns>False: it stands still already.</returns>
    public bool Begin()
    {
        lock (gate)
        {
            if (over is not null)
            {
                return false;
            }

            over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            pausedAt = time.GetTimestamp();
            return true;
        }
    }

    /// <returns>False: there was no pause.</returns>
    public bool End()
    {
        lock (gate)
        {
            if (over is null)
            {
                return false;
            }

            Interlocked.Add(ref pausedFor, time.GetTimestamp() - pausedAt);
            over.SetResult();
            over = null;
            return true;
        }
    }
}
