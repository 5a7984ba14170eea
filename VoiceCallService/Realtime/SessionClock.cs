namespace Museum.VoiceCallService.Realtime;

/// <summary>How long the session still lives: a question extends it, a sign of life alone does not (protocol.md, Rules).</summary>
internal sealed class SessionClock(TimeProvider time, TimeSpan timeout)
{
    private long touchedAt = time.GetTimestamp();
    private bool warned;

    public int TimeoutSeconds => (int)timeout.TotalSeconds;

    public int RemainingSeconds => Math.Max(0, (int)(timeout - time.GetElapsedTime(Volatile.Read(ref touchedAt))).TotalSeconds);

    public void Touch()
    {
        Volatile.Write(ref touchedAt, time.GetTimestamp());
        warned = false;
    }

    /// <summary>True once, when 300 s or less are left.</summary>
    public bool ShouldWarn()
    {
        if (warned || RemainingSeconds > 300)
        {
            return false;
        }

        warned = true;
        return true;
    }
}
