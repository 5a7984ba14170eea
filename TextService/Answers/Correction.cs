using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Puts right, politely, what a question takes for granted and the exhibit's text does not bear out: a wrong maker, date, place or material.</summary>
internal static class Correction
{
    // Two corrections and what was asked: more is a lecture.
    private const int Most = 2;

    private const double Says = 0.4;
    private const double Borne = 0.7;

    /// <returns>The sentences that put it right, and the question without what was wrong in it; nothing to say when all is borne out.</returns>
    public static (IReadOnlyList<Candidate> Right, Question Remaining) Of(Question question, int exhibit, ContentIndex index)
    {
        var sentences = index.Sentences(exhibit, question.Tongue);
        var wrong = question.Premises.Where(c => !IsBorneOut(c, sentences)).ToList();
        var right = wrong
            .Select(c => SentenceScorer.Weigh(question with { Kind = c.Kind, Focus = [], Cues = new HashSet<string>() }, sentences).Where(s => s.Fit >= Says).MaxBy(s => s.Score))
            .OfType<Candidate>().DistinctBy(c => c.Sentence).Take(Most).ToList();
        var untrue = wrong.SelectMany(c => c.Terms).ToHashSet();
        return (right, question with { Premises = [], Wanted = null, Focus = [.. question.Focus.Where(f => !untrue.Contains(f))] });
    }

    // Somebody may stand in the text as somebody else: Turing, who broke what Scherbius invented.
    private static bool IsBorneOut(Premise premise, IReadOnlyList<IndexedSentence> sentences) =>
        sentences.Any(s => premise.Terms.Any(t => t.Match(s) >= Borne) && (premise.Kind != QuestionKind.WhoMade || s.HasAny(Traits.TheMaker) || !sentences.Any(m => m.Has(Traits.TheMaker | Traits.Made))));
}
