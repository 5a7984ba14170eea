using System.Globalization;

namespace Museum.Benchmarks.Answers;

/// <summary>How good a ranked list of exhibits is, against those that a question is about.</summary>
/// <param name="Recall">Share of the wanted among the first three.</param>
/// <param name="ReciprocalRank">1 ÷ the rank of the first wanted; 0 when there is none among the first ten.</param>
/// <param name="Gain">nDCG@10, every wanted exhibit worth the same.</param>
internal sealed record Ranking(double Recall, double ReciprocalRank, double Gain)
{
    public const int Depth = 10;

    private const int First = 3;

    public static Ranking Of(IReadOnlyList<string> ranked, IReadOnlyList<string> wanted)
    {
        var ranks = ranked.Take(Depth).Select((id, i) => (id, Rank: i + 1)).Where(r => wanted.Contains(r.id)).Select(r => r.Rank).ToList();
        double Gain(IEnumerable<int> at) => at.Sum(rank => 1 / Math.Log2(rank + 1));
        return new Ranking(
            ranks.Count(r => r <= First) / (double)wanted.Count,
            ranks.Count == 0 ? 0 : 1.0 / ranks[0],
            Gain(ranks) / Gain(Enumerable.Range(1, Math.Min(Depth, wanted.Count))));
    }

    public static string Row(string name, IReadOnlyCollection<Ranking> all) => string.Create(
        CultureInfo.InvariantCulture, $"{name,-30} recall@3 {all.Average(r => r.Recall):F3}   MRR {all.Average(r => r.ReciprocalRank):F3}   nDCG@10 {all.Average(r => r.Gain):F3}   {all.Count} questions");
}
