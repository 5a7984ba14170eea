using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Answers what asks of two exhibits at once: of each the sentence that says it, and what follows from both.</summary>
internal static class Comparison
{
    private const int Most = 3;

    // Below it a sentence does not say what is compared.
    private const double Says = 0.4;

    /// <returns>Null when one of them says nothing to it.</returns>
    public static Evidence? Of(Question question, IReadOnlyList<int> exhibits, ContentIndex index)
    {
        var kind = question.Compared ?? question.Kind;
        var chosen = exhibits.Take(Most).Select(e => Best(question, kind, index.Sentences(e, question.Tongue))).OfType<Candidate>().ToList();
        if (chosen.Count < 2)
        {
            return null;
        }

        var said = question.Answer == question.Tongue ? chosen : chosen.ConvertAll(c => Translation.Of(c, index, question.Answer));
        return new Evidence
        {
            Grounded = true,
            Best = chosen,
            Answer = said,
            Exhibits = exhibits,
Conclusion = question.Compared is { } compared && said is [var one, var other] ? Comparing.Conclude(question with { Kind = compared }, index, one.Sentence, other.Sentence) : "",
        };
    }

    private static Candidate? Best(Question question, QuestionKind kind, IReadOnlyList<IndexedSentence> sentences)
    {
        // What only the other exhibit's text speaks of says nothing about this one.
        var focus = question.Focus.Where(f => sentences.Any(s => f.Match(s) > 0)).ToList();
        var measured = question.Compared is not null;
        return SentenceScorer.Weigh(question with { Kind = kind, Focus = measured ? [] : focus }, sentences)
            .Where(c => measured ? c.Fit >= Says : focus.Count == 0 ? c.Fit >= Says : c.Coverage >= Says || c.Fit >= 0.8)
            .OrderByDescending(c => c.Score + (measured ? 0.1 * focus.Count(f => f.Match(c.Sentence) > 0) : 0))
            .FirstOrDefault();
    }
}
