namespace Museum.Benchmarks.EndOfTurn;

/// <summary>What a rule makes of a set.</summary>
internal static class Outcome
{
    /// <summary>Cut off is whose pause is longer than the silence that ends a turn; the delay of an end is that silence.</summary>
    public static string Of(string name, IReadOnlyList<Pause> pauses, Func<string, TimeSpan> silenceAfter)
    {
        var goingOn = pauses.Where(p => p.Length is not null).ToList();
        var cutOff = 100.0 * goingOn.Count(p => p.Length > silenceAfter(p.Heard)) / goingOn.Count;
        var delays = pauses.Where(p => p.Length is null).Select(p => silenceAfter(p.Heard).TotalMilliseconds).Order().ToArray();
        return $"    {name,-16}{cutOff,6:F1} %{delays.Average(),19:F0}{delays[delays.Length / 2],6:F0}{delays[(int)(delays.Length * 0.95)],6:F0}";
    }
}
