using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Chooses the sentences to say: the best, what it leans on, and what adds to it.</summary>
internal static class SentenceSelection
{
    private const int Most = 3;

    // A further sentence must be nearly as good as the best, or speak of as much.
    private const double Near = 0.8;
    private const double NearAndAsFull = 0.7;

    /// <param name="question">What was asked.</param>
    /// <param name="passing">The sentences that may answer; at least one.</param>
    /// <param name="all">All sentences of the exhibit, in their order.</param>
    public static List<Candidate> Choose(Question question, IReadOnlyList<Candidate> passing, IReadOnlyList<Candidate> all)
    {
        var ranked = passing.OrderByDescending(c => c.Score).ThenBy(c => c.Sentence.Position).ToList();
        var best = ranked[0];
        var chosen = ranked.Skip(1)
            .Where(c => c.Score >= best.Score * Near || (question.Focus.Count > 0 && c.Coverage >= best.Coverage && c.Score >= best.Score * NearAndAsFull))
            .Take((question.Kind == QuestionKind.Overview ? Most : 2) - 1)
            .Prepend(best)
            .ToList();
        AddWhatIsPointedAt(all, chosen);
        return [.. chosen.OrderBy(c => c.Sentence.Position)];
    }

    // "It was printed from wooden blocks" says nothing without the sentence before it.
    private static void AddWhatIsPointedAt(IReadOnlyList<Candidate> all, List<Candidate> chosen)
    {
        var first = chosen.MinBy(c => c.Sentence.Position)!.Sentence;
        if (first.Has(Traits.PointsBack) && first.Position > 0 && chosen.Count < Most && all[first.Position - 1].Sentence.Section == first.Section)
        {
            chosen.Add(all[first.Position - 1]);
        }
    }
}
