using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Retrieval;

/// <param name="Exhibit">Its number in the index.</param>
/// <param name="Score">0–1, see <see cref="ExhibitSearch"/>.</param>
/// <param name="Covered">The share of what the question says, by how telling it is, that the exhibit's texts and data say too, 0–1.</param>
/// <param name="Told">How much that is: rare words tell more, see <see cref="Lexicon.Rarity"/>.</param>
internal sealed record FoundExhibit(int Exhibit, double Score, double Covered, double Told);

/// <param name="Exhibits">Best first.</param>
/// <param name="LacksMeaning">The question's vector was not there in time: words alone decided, and the next time may find others.</param>
internal sealed record Found(IReadOnlyList<FoundExhibit> Exhibits, bool LacksMeaning);

/// <summary>
/// Finds the exhibits that a question describes without naming them.
/// <code>
/// 1 rankings: BM25 over the fields of the entries, BM25 over passages of three sentences, vectors when there are any, and what is near:
///   the exhibit in view, the one spoken of, the hall
/// 2 fused by reciprocal rank
/// 3 weighed half by that and half by how much of the question the exhibit's texts hold
/// </code>
/// The score therefore means the same for every question: 1 is the first place in every ranking and every telling word found; a chance hit of
/// one common word stays below 0.5.
/// </summary>
internal static class ExhibitSearch
{
    // Rankings are looked at this much deeper than what is asked for, since fusion and coverage change the order.
    private const int Depth = 4;

    // So many words or characters that stand nowhere else.
    private const double NoCoincidence = 2.5;

    // Both kinds of words together weigh as much as meaning does.
    private const double ByMeaning = 2;

    // Where the visitor stands is a hint: it decides between likes and brings nothing up that does not match.
    private const double InView = 0.5;
    private const double SpokenOf = 0.5;
    private const double Hall = 0.2;

    public static async ValueTask<Found> FindAsync(Question question, ContentIndex index, int count, CancellationToken ct)
    {
        var terms = FullTextTerms.Telling(question.Understood, question.Tongue, index.Lexicon(question.Tongue));
        var byField = await index.FullText.ByFieldAsync(question.Tongue, terms, count * Depth, ct);
        var byPassage = await index.FullText.ByPassageAsync(question.Tongue, terms, count * Depth, ct);
        var nearest = index.Vectors is { } vectors ? await vectors.NearestAsync(question.Text, count * Depth, ct) : [];
        List<int> byMeaning = nearest ?? [];
        var matched = byField.Concat(byPassage).Concat(byMeaning).ToHashSet();
        var near = question.Place;
        var fused = new ReciprocalRank()
            .Add(byField)
            .Add(byPassage)
            .Add(byMeaning, ByMeaning)
            .Add(matched.Where(e => e == near.Exhibit), InView)
            .Add(question.Topics.Take(1).Where(matched.Contains), SpokenOf)
            .Add(matched.Where(e => near.Hall > 0 && index.Exhibits[e].Hall == near.Hall).Take(1), Hall)
            .Fused(byMeaning.Count > 0 ? 2 + ByMeaning : 2);
        var all = question.Focus.Concat(question.Setting).ToList();
        var weight = all.Sum(f => f.Weight);
        var found = fused
            .Take(count * Depth)
            .Select(f => (f.Exhibit, f.Score, Told: all.Sum(t => t.Weight * t.Match(index.Whole(f.Exhibit, question.Tongue)))))
            .Select(f => (f.Exhibit, f.Score, f.Told, Covered: weight > 0 ? f.Told / weight : 0))
            .Select(f => new FoundExhibit(f.Exhibit, Math.Min(1, 0.5 * (f.Score + f.Covered)), f.Covered, f.Told))
            .OrderByDescending(f => f.Score)
            .Take(count);
        return new Found([.. found], nearest is null);
    }

    /// <summary>
    /// The exhibit that the question describes without a doubt: its texts hold most of what was said, and enough of it that it is no coincidence
    /// ("the weather god"), and those of no other exhibit nearly as much.
    /// </summary>
    public static int? Described(IReadOnlyList<FoundExhibit> found, Lexicon lexicon, RetrievalOptions options) =>
        found.Count > 0
        && found[0].Covered >= options.DescribedThreshold
        && found[0].Told >= NoCoincidence * lexicon.Rarity("")
        && found[0].Score - (found.Count > 1 ? found[1].Score : 0) >= options.DescribedLead
            ? found[0].Exhibit
            : null;
}
