using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>How it is known which exhibit is meant; the less sure, the more its text must say.</summary>
internal enum Grounds
{
    Named,
    Described,
    Topic,
    Maker,
    Search,
}

/// <summary>The line between an answer and "I don't know": <see cref="RetrievalOptions"/>.</summary>
internal static class Threshold
{
    // A form that hardly anything else has than an answer to this kind of question.
    private const double Telling = 0.8;
    private const double Certain = 0.95;

    private const double Together = 0.6;

    // Of the threshold for a sentence by itself.
    private const double Share = 0.3;

    /// <summary>The sentences that may answer; none when the content does not say.</summary>
    public static List<Candidate> Passing(Question question, IReadOnlyList<Candidate> candidates, Grounds grounds, RetrievalOptions options) =>
        question.Wanted is { } wanted && !candidates.Any(c => wanted.Match(c.Sentence) > 0)
            ? []
            : [.. candidates.Where(c => Passes(question, c, grounds, options) || (grounds is Grounds.Named or Grounds.Described && question.Tongue == Tongue.En && PassesTogether(question, c, candidates, options)))];

    // The exhibit's text speaks of nearly everything that was asked, in several sentences: the one is meant that is of the kind wanted.
    private static bool PassesTogether(Question question, Candidate c, IReadOnlyList<Candidate> all, RetrievalOptions options)
    {
        if (question.Focus.Count == 0 || c.Fit < 0.4)
        {
            return false;
        }

        var whole = question.Focus.Sum(f => f.Weight);
        var together = question.Focus.Sum(f => f.Weight * all.Max(s => f.Match(s.Sentence)));
        // Every work has its meaning told somewhere: whoever asks for it need not know the words.
        if (question.Kind == QuestionKind.Meaning && c.Fit >= 0.8 && options.NamedThreshold < Together)
        {
            return c.Coverage >= all.Max(s => s.Fit >= 0.8 ? s.Coverage : 0);
        }

        return together >= whole * Math.Max(Together, options.NamedThreshold) && (c.Coverage >= Math.Max(0.5 * all.Max(s => s.Coverage), options.NamedThreshold * Share) || (KindFit.IsStrict(question.Kind) && c.Fit >= 0.8 && options.NamedThreshold < Together));
    }

    private static bool Passes(Question question, Candidate c, Grounds grounds, RetrievalOptions options)
    {
        // A number of anything is enough when the sentence speaks of all that was asked: a range of five octaves.
        var strictly = c.Fit >= 0.4 || (question.Focus.Count > 0 && c.Coverage >= 0.8 && c.Sentence.HasAny(Traits.Number | Traits.Year));
        if (KindFit.IsStrict(question.Kind) && !strictly)
        {
            return false;
        }

        if (question.IsBare)
        {
            return grounds is Grounds.Named or Grounds.Described or Grounds.Maker ? c.Fit >= 0.4 : grounds == Grounds.Topic && question.Focus.Count > 0 && c.Coverage >= 0.8;
        }

        return grounds switch
        {
            // What the exhibit's data hold is said by the form of the sentence; other words of the question described the exhibit, or were slips.
            Grounds.Described => c.Coverage >= options.NamedThreshold || FormAnswers(question, c, 0),
            Grounds.Named when question.Tongue == Tongue.Zh => c.Coverage >= options.NamedThreshold || FormAnswers(question, c, options.NamedThreshold / 2),
            Grounds.Named => c.Coverage >= options.NamedThreshold,
            Grounds.Topic or Grounds.Maker => c.Coverage >= options.TopicThreshold,
            _ => c.Coverage >= options.Threshold && TellsEnough(question, c),
        };
    }

    private static bool FormAnswers(Question question, Candidate c, double coverage) =>
        (c.Coverage >= coverage && c.Fit >= Telling) || (c.Fit >= Certain && (question.Kind == QuestionKind.Price || (KindFit.IsOfTheExhibit(question.Kind) && c.Coverage >= coverage / 2)));

    // One word in common is a coincidence ("the weather god"), unless it is what the sentence explains.
    private static bool TellsEnough(Question question, Candidate c) =>
        question.Focus.Count(f => f.Match(c.Sentence) >= 0.5) > 1
        || (question.Kind is QuestionKind.What or QuestionKind.Overview or QuestionKind.Who && question.Focus.Any(f => f.IsSubjectOf(c.Sentence)));
}
