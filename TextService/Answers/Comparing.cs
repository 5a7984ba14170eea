using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Sets exhibits beside each other: what each one's texts say to the question, and what follows from it.</summary>
internal static class Comparing
{
    // Three sentences beside each other are all that an ear can hold.
    private const int Most = 3;

    // A sentence whose form answers the kind of question is enough when nothing else is asked.
    private const double FitEnough = 0.5;
    private const double CoverageEnough = 0.34;

    /// <returns>Null: the texts of one of them say nothing to it.</returns>
    public static Evidence? Of(Question question, ContentIndex index, IReadOnlyList<int> exhibits)
    {
        var each = exhibits.Take(Most).Select(e => SentenceScorer.Weigh(question, index.Sentences(e, question.Tongue))).ToList();
        var chosen = each.Select(c => c.Where(s => Says(question, s)).MaxBy(s => s.Score)).OfType<Candidate>().ToList();
        if (chosen.Count < Math.Min(Most, exhibits.Count))
        {
            return null;
        }

        var answer = question.Answer == question.Tongue ? chosen : chosen.ConvertAll(c => Translation.Of(c, index, question.Answer));
        return new Evidence
        {
            Grounded = true,
            Best = [.. each.SelectMany(c => c.OrderByDescending(s => s.Score).Take(Most))],
            Answer = answer,
            Exhibits = [.. exhibits],
            Conclusion = answer is [var one, var other] ? Conclude(question, index, one.Sentence, other.Sentence) : "",
        };
    }

    private static bool Says(Question question, Candidate c) =>
        question.Kind is QuestionKind.What or QuestionKind.YesNo or QuestionKind.How ? c.Coverage >= CoverageEnough || question.Focus.Count == 0 : c.Fit >= FitEnough;

    /// <summary>What follows from two sentences beside each other; empty: nothing that can be read for certain.</summary>
    public static string Conclude(Question question, ContentIndex index, IndexedSentence one, IndexedSentence other)
    {
        if ((Read(question.Kind, index, one), Read(question.Kind, index, other)) is not ({ } a, { } b) || a.Equals(b))
        {
            return "";
        }

        var first = (question.Kind is QuestionKind.WhenMade or QuestionKind.When ? a < b : a > b) ? one : other;
        return Wordings.Compared(question.Kind, index.Exhibits[first.Exhibit], question.Answer);
    }

    // The date stands in the data without everything that a sentence says beside it.
    private static double? Read(QuestionKind kind, ContentIndex index, IndexedSentence sentence)
    {
        Exhibit exhibit = index.Exhibits[sentence.Exhibit];
        return kind == QuestionKind.WhenMade ? Quantity.Of(kind, exhibit.Date[Tongue.Zh]) : Quantity.Of(kind, sentence.Text);
    }
}
