namespace Museum.VoiceCallService.Realtime;

/// <summary>The last gate before the client: nothing of a turn at or below the mark passes any more. Cancellation elsewhere only saves work; this is what makes an interruption true.</summary>
internal sealed class Fence
{
    private long closedThrough;

    public long ClosedThrough => Volatile.Read(ref closedThrough);

    public bool IsClosed(long turn) => turn <= ClosedThrough;

    public void CloseThrough(long turn)
    {
        var seen = Volatile.Read(ref closedThrough);
        while (turn > seen)
        {
            var found = Interlocked.CompareExchange(ref closedThrough, turn, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
