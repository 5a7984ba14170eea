using System.Diagnostics;
using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>What a disturbance did to an answer.</summary>
internal static class Verdict
{
    /// <param name="kind">Of the disturbance.</param>
    /// <param name="seen">What came from its beginning until it was to be forgotten.</param>
    /// <param name="turn">The answer's.</param>
    /// <param name="longest">How long the answer may be silent for it.</param>
    public static Disturbed On(string kind, IReadOnlyList<Seen> seen, long turn, TimeSpan longest)
    {
        var killed = seen.Any(s => s.Is("TURN_ENDED", "interrupted") && s.TurnId == turn);
        double? silent = null;
        foreach (var paused in seen.Where(s => s.Type == "TURN_PAUSED" && s.TurnId == turn))
        {
            var on = seen.FirstOrDefault(s => s.At >= paused.At && s.TurnId == turn && s.Type is "TURN_RESUMED" or "TURN_ENDED");
            silent = Math.Max(silent ?? 0, on?.MsSince(paused.At) ?? Stopwatch.GetElapsedTime(paused.At).TotalMilliseconds);
        }

        var fate = killed ? Fate.Killed : silent > longest.TotalMilliseconds ? Fate.Froze : silent is null ? Fate.Ignored : Fate.Resumed;
        return new Disturbed(kind, fate, silent, seen.LastOrDefault(s => s.Type == "TRANSCRIPT")?.Text("text"));
    }
}
