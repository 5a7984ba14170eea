using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Chooses the sentences to say: the best, what it leans on, and what adds to it.</summary>
internal static class SentenceSelection
{
    private const int Most = 3;

    // A further sentence must be nearly as good as the best, or speak of as much.
    private const double Near = 0.8;
    private const double NearAndAsFull = 0.7;

    private const double Speaks = 0.5;
    private const double WorthSaying = 0.18;

    // A text is written to be heard in its order.
    private const double Flow = 0.1;

    private const double Monotony = 0.08;

    // In letters: "the mona lisa", "american gothic"; in characters: 蒙娜丽莎.
    private const int SameBeginning = 8;
    private const int SameChineseBeginning = 3;

    /// <param name="question">What was asked.</param>
    /// <param name="passing">The sentences that may answer; at least one.</param>
    /// <param name="all">All sentences of the exhibit, in their order.</param>
    /// <param name="fewest">How many there shall be at the least, as far as the text goes.</param>
    /// <returns>The one that answers comes first, after what it leans on; what adds to it follows in the text's order.</returns>
    public static List<Candidate> Choose(Question question, IReadOnlyList<Candidate> passing, IReadOnlyList<Candidate> all, int fewest)
    {
        var ranked = passing.OrderByDescending(c => c.Score).ThenBy(c => c.Sentence.Position).ToList();
        var best = ranked[0];
        var further = ranked.Skip(1)
            .Where(c => c.Score >= best.Score * Near || (question.Focus.Count > 0 && c.Coverage >= best.Coverage && c.Score >= best.Score * NearAndAsFull))
            .Take((question.Kind == QuestionKind.Overview ? Most : 2) - 1)
            .ToList();
        if (further.Count + 1 < Most && Unsaid(question, [best, .. further], all) is { } adds)
        {
            further.Add(adds);
        }

        List<Candidate> chosen = [best];
        AddWhatIsPointedAt(all, chosen);
        further = [.. further.Except(chosen)];
        while (chosen.Count + further.Count < fewest && GoingOn(best, [.. chosen, .. further], all) is { } next)
        {
            further.Add(next);
        }

        return [.. chosen.OrderBy(c => c.Sentence.Position), .. further.OrderBy(c => c.Sentence.Position)];
    }

    // Who answers in one sentence sounds like a machine: what the text goes on with, and what else has to do with the question. One that points
    // back would point at something else here; one that begins as another does sounds like a list.
    private static Candidate? GoingOn(Candidate best, List<Candidate> said, IReadOnlyList<Candidate> all) => all
        .Where(c => !said.Contains(c) && !c.Sentence.Has(Traits.PointsBack))
        .OrderByDescending(c => c.Score
            + (c.Sentence.Section == best.Sentence.Section && c.Sentence.Position == best.Sentence.Position + 1 ? Flow : 0)
            - (said.Exists(s => BeginsAlike(s.Sentence, c.Sentence)) ? Monotony : 0))
        .ThenBy(c => c.Sentence.Position)
        .FirstOrDefault();

    private static bool BeginsAlike(IndexedSentence one, IndexedSentence other) =>
        one.Folded.AsSpan().CommonPrefixLength(other.Folded) >= (one.Tongue == Tongue.Zh ? SameChineseBeginning : SameBeginning);

    // The sentence that speaks of most of what was asked and not yet said.
    private static Candidate? Unsaid(Question question, IReadOnlyList<Candidate> said, IReadOnlyList<Candidate> all)
    {
        var open = question.Focus.Where(f => !said.Any(c => f.Match(c.Sentence) >= Speaks)).ToList();
        var whole = question.Focus.Sum(f => f.Weight);
        return all
            .Select(c => (Candidate: c, Adds: open.Sum(f => f.Match(c.Sentence) >= Speaks ? f.Weight : 0)))
            .Where(c => c.Adds >= whole * WorthSaying && (!KindFit.IsStrict(question.Kind) || c.Candidate.Fit >= 0.4 || said.Any(s => s.Fit >= 0.4)))
            .OrderByDescending(c => c.Adds + c.Candidate.Score).Select(c => c.Candidate).FirstOrDefault();
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
