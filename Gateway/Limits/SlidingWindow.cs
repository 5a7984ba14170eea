namespace Museum.Gateway.Limits;

/// <summary>What one caller may do: so many requests in any stretch of time as long as the window.</summary>
/// <param name="Policy">Its name in the headers.</param>
/// <param name="Caller">Whose requests are counted.</param>
internal readonly record struct Allowance(string Policy, string Caller, int Limit, int WindowSeconds)
{
    public string Key => $"museum:rate:{Policy}:{WindowSeconds}:{Caller}";
}

/// <param name="Remaining">Requests that would still be let through.</param>
/// <param name="Reset">When the oldest that is counted is counted no longer.</param>
internal readonly record struct Verdict(bool IsAdmitted, int Remaining, TimeSpan Reset);

/// <summary>
/// The requests of one caller, counted by segments of a twentieth of the window. A segment counts until all of it lies outside of the
/// window: never more than the limit pass in any window, and a permit is back at most a twentieth late.
/// </summary>
internal sealed class SlidingWindow
{
    public const int Segments = 20;

    // The oldest first; at most one more than there are segments.
    private readonly List<(long Segment, int Count)> counts = [];

    /// <param name="now">Milliseconds of a clock that never goes back.</param>
    /// <param name="allowance">The limit.</param>
    /// <param name="force">Counted though it is above the limit: somebody else has admitted it.</param>
    public Verdict Take(long now, Allowance allowance, bool force = false)
    {
        var length = LengthOf(allowance);
        var current = now / length;
        counts.RemoveAll(c => c.Segment < current - Segments);
        var used = counts.Sum(c => c.Count);
        var admitted = force || used < allowance.Limit;
        if (admitted)
        {
            Add(current);
            used++;
        }

        var oldest = counts.Count > 0 ? counts[0].Segment : current;
        return new(admitted, Math.Max(0, allowance.Limit - used), TimeSpan.FromMilliseconds(((oldest + Segments + 1) * length) - now));
    }

    /// <summary>Milliseconds of one segment.</summary>
    public static long LengthOf(Allowance allowance) => allowance.WindowSeconds * 1000L / Segments;

    private void Add(long segment)
    {
        if (counts.Count > 0 && counts[^1].Segment == segment)
        {
            counts[^1] = (segment, counts[^1].Count + 1);
        }
        else
        {
            counts.Add((segment, 1));
        }
    }
}
