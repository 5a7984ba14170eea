namespace Museum.TextService.Retrieval;

/// <summary>
/// Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): rankings whose scores cannot be compared are joined by place alone.
/// </summary>
internal sealed class ReciprocalRank
{
    // The authors' own: a first place in one ranking does not outweigh good places in all.
    private const double Smoothing = 60;

    private readonly Dictionary<int, double> scores = [];

    /// <param name="ranking">Exhibits, best first.</param>
    /// <param name="weight">How much the ranking counts beside the others.</param>
    public ReciprocalRank Add(IEnumerable<int> ranking, double weight = 1)
    {
        foreach (var (place, exhibit) in ranking.Index())
        {
            scores[exhibit] = scores.GetValueOrDefault(exhibit) + (weight / (Smoothing + place + 1));
        }

        return this;
    }

    /// <summary>Every exhibit that is in a ranking, best first; 1 is the best that all rankings together can give.</summary>
    public IReadOnlyList<(int Exhibit, double Score)> Fused(double weights) =>
        [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => (s.Key, s.Value * (Smoothing + 1) / weights))];
}
