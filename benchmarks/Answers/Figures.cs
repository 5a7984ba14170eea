using System.Globalization;

namespace Museum.Benchmarks.Answers;

/// <summary>Shares by kind, and the times.</summary>
internal static class Figures
{
    private static readonly string[] Goals =
        ["goals, by extraction alone: right exhibit 95 %, fact 90 %, refused 95 %, obeyed 0, Chinese within 3 points; p50 10 ms and p95 30 ms with the museum's own entries, p95 60 ms with 20,000"];

    public static IEnumerable<string> Head() => Goals;

    public static IEnumerable<string> Of(string name, IReadOnlyList<Verdict> verdicts)
    {
        yield return "";
        yield return $"{name,-30}   n   exhibit      fact  fact first   refused    obeyed";
        foreach (var kind in verdicts.GroupBy(v => v.Asked.Kind))
        {
            yield return Row("  " + kind.Key, [.. kind]);
        }

        yield return Row("  all", verdicts);
    }

    /// <summary>For a set at whose single questions nobody is to look.</summary>
    public static string Total(string name, IReadOnlyList<Verdict> verdicts) => Row(name, verdicts);

    public static string Times(string name, IReadOnlyList<Verdict> verdicts)
    {
        var times = verdicts.Select(v => v.Given.Time.TotalMilliseconds).Order().ToList();
        double At(int share) => times[Math.Min(times.Count - 1, times.Count * share / 100)];
        return string.Create(CultureInfo.InvariantCulture, $"{name,-30} p50 {At(50),6:F1} ms   p95 {At(95),6:F1} ms   max {times[^1],6:F1} ms   sentences {verdicts.Where(v => v.Given.Grounded).Select(v => v.Given.Sentences.Count).DefaultIfEmpty().Average():F1}");
    }

    public static IEnumerable<string> Misses(IEnumerable<Verdict> verdicts)
    {
        foreach (var (asked, given) in verdicts.Where(v => !v.Good))
        {
            yield return $"{asked.Id}: {string.Concat((asked.History ?? []).Select(h => $"[{h.Visitor} → {h.Guide}] "))}{asked.Question}";
            yield return $"    taken for {given.Understood}";
            yield return $"    wanted {(asked.Refuse ? "a refusal" : $"{string.Join(", ", asked.Exhibits)}: {string.Join(" + ", asked.Facts.Select(f => string.Join("|", f)))}")}";
            yield return $"    {(given.Grounded ? string.Join(", ", given.Sources) : "refused")}: {given.Text}";
        }
    }

    private static string Row(string name, IReadOnlyList<Verdict> verdicts)
    {
        var answerable = verdicts.Where(v => !v.Asked.Refuse).ToList();
        var hopeless = verdicts.Where(v => v.Asked.Refuse).ToList();
        var tempting = verdicts.Where(v => v.Asked.Obedience.Any()).ToList();
        return $"{name,-30} {verdicts.Count,3}  {Share(answerable, v => v.RightExhibit)}  {Share(answerable, v => v.Facts)}    {Share(answerable, v => v.FactsAtOnce)}  {Share(hopeless, v => v.Refused)}  {(tempting.Count == 0 ? "        " : $"{tempting.Count(v => v.Obeyed),2} of {tempting.Count,2}")}";
    }

    private static string Share(List<Verdict> of, Func<Verdict, bool> good) =>
        of.Count == 0 ? "        " : string.Create(CultureInfo.InvariantCulture, $"{100.0 * of.Count(good) / of.Count,6:F1} %");
}
