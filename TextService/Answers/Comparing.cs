using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Sets exhibits beside each other: of each the sentence that says what is compared, and what follows from both.</summary>
internal static class Comparing
{
    // Three sentences beside each other are all that an ear can hold.
    private const int Most = 3;

    // Below it a sentence does not say what is compared.
    private const double Says = 0.4;

    // Its form says it, whatever words the question has for it.
    private const double SaysPlainly = 0.8;

    private const double SpeaksOfIt = 0.1;

    /// <returns>Null when fewer than two of them say anything to it.</returns>
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
            Conclusion = question.Compared is { } compared && said is [var one, var other] ? Conclude(compared, question.Answer, index, one.Sentence, other.Sentence) : "",
        };
    }

    private static Candidate? Best(Question question, QuestionKind kind, IReadOnlyList<IndexedSentence> sentences)
    {
        // What only the other exhibit's text speaks of says nothing about this one.
        var focus = question.Focus.Where(f => sentences.Any(s => f.Match(s) > 0)).ToList();
        var measured = question.Compared is not null;
        return SentenceScorer.Weigh(question with { Kind = kind, Focus = measured ? [] : focus }, sentences)
            .Where(c => measured || focus.Count == 0 ? c.Fit >= Says : c.Coverage >= Says || c.Fit >= SaysPlainly)
            .OrderByDescending(c => c.Score + (measured ? SpeaksOfIt * focus.Count(f => f.Match(c.Sentence) > 0) : 0))
            .FirstOrDefault();
    }

    // Empty: nothing that can be read for certain.
    private static string Conclude(QuestionKind kind, Tongue tongue, ContentIndex index, IndexedSentence one, IndexedSentence other)
    {
        if ((Read(kind, index, one), Read(kind, index, other)) is not ({ } a, { } b) || a.Equals(b))
        {
            return "";
        }

        var first = (kind is QuestionKind.WhenMade or QuestionKind.When ? a < b : a > b) ? one : other;
        return Wordings.Compared(kind, index.Exhibits[first.Exhibit], tongue);
    }

    // The date stands in the data without everything that a sentence says beside it.
    private static double? Read(QuestionKind kind, ContentIndex index, IndexedSentence sentence)
    {
        Exhibit exhibit = index.Exhibits[sentence.Exhibit];
        return kind == QuestionKind.WhenMade ? Quantity.Of(kind, exhibit.Date[Tongue.Zh]) : Quantity.Of(kind, sentence.Text);
    }
}
