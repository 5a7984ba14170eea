namespace Museum.Benchmarks.Call.Visit;

/// <summary>
/// How late a frame leaves: not at all, or as over a poor network, where a frame is up to 40 ms late and every second or so everything is
/// held up for 100 to 300 ms and then comes in one bunch. Over one TCP connection nothing overtakes.
/// </summary>
internal sealed class Link(bool poor, int seed)
{
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(40);
    private readonly Random random = new(seed);
    private TimeSpan heldUntil;

    /// <param name="due">When the frame is complete, on any clock that never goes back.</param>
    /// <returns>When it leaves, on the same clock.</returns>
    public TimeSpan LeavesAt(TimeSpan due)
    {
        if (!poor)
        {
            return due;
        }

        if (due >= heldUntil && random.Next(25) == 0)
        {
            heldUntil = due + TimeSpan.FromMilliseconds(random.Next(100, 301));
        }

        var leaves = due + (Jitter * random.NextDouble());
        return leaves > heldUntil ? leaves : heldUntil;
    }
}
