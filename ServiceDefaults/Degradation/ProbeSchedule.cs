namespace Museum.ServiceDefaults.Degradation;

/// <summary>
/// When to look again at something that may be away (architecture.md, degradation): after 0.5, 1, 2, 4, then every 5 s while it is, and
/// seldom while it is well.
/// </summary>
public sealed class ProbeSchedule(TimeSpan whenWell)
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 0.5, 1, 2, 4, 5 }.Select(TimeSpan.FromSeconds)];
    private int failures;

    public static TimeSpan Shortest => Pauses[0];

    public TimeSpan Away() => Pauses[Math.Min(failures++, Pauses.Length - 1)];

    public TimeSpan Well()
    {
        failures = 0;
        return whenWell;
    }
}
