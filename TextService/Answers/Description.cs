using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace Museum.TextService.Answers;

/// <summary>Recognises an exhibit that is described and not named: "the bronze man on a rock with his chin on his hand".</summary>
internal static class Description
{
    // Fewer words describe many things.
    private const int FewestWords = 3;

    // What tells which exhibit is meant is not what is asked of it.
    private const double Identifying = 0.35;

    private const double Speaks = 0.5;

    // Sentences that say what it is.
    private const int Introduction = 2;

    /// <param name="question">A question that names nothing.</param>
    /// <param name="found">Exhibits that full-text search found, best first.</param>
    /// <param name="enough">The share of the question that the exhibit's text must speak of.</param>
    /// <returns>The exhibit, and the question with its weight on what is asked; null when none is surely meant.</returns>
    public static (int Exhibit, Question Asked)? Recognise(Question question, IReadOnlyList<FoundExhibit> found, double enough, ContentIndex index)
    {
        List<FocusTerm> described = [.. question.Focus, .. question.Setting];
        var whole = described.Sum(f => f.Weight);
        if (described.Count < FewestWords)
        {
            return null;
        }

        var best = found
            .Select((hit, rank) => (hit.Exhibit, rank, Shares: Shares(described, index.Sentences(hit.Exhibit, question.Tongue))))
            .Where(c => c.Shares.Count(s => s >= Speaks) >= FewestWords)
            .Select(c => (c.Exhibit, c.rank, c.Shares, Share: described.Select((f, i) => f.Weight * c.Shares[i]).Sum() / whole))
            .Where(c => c.Share >= enough)
            .OrderByDescending(c => c.Share - (0.03 * c.rank))
            .FirstOrDefault();
        if (best.Shares is null)
        {
            return null;
        }

        var first = index.Sentences(best.Exhibit, question.Tongue).Where(s => s.Position < Introduction).ToList();
        return (best.Exhibit, question with { Focus = question.Focus.Count == 1 ? question.Focus : [.. question.Focus.Select(f => first.Exists(s => f.Match(s) >= Speaks) ? new WeightedFocus(f, Identifying) : f)] });
    }

    private static double[] Shares(List<FocusTerm> described, IReadOnlyList<IndexedSentence> sentences) =>
        [.. described.Select(f => sentences.Max(f.Match))];
}
