using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>
/// Puts right what a question takes for granted: the sentence that says who really made it comes first, then what was asked. Where that
/// sentence bears the claim out, it only confirms it.
/// </summary>
internal static class Correcting
{
    // The sentence must say for certain what is right; a person or a place that it happens to name does not.
    private const double Certain = 0.5;
    private const int Most = 3;

    /// <param name="told">What the content says to the question without its claim.</param>
    /// <param name="question">What was asked, and what it takes for granted.</param>
    /// <param name="index">The content.</param>
    /// <param name="exhibit">The exhibit that it was claimed of.</param>
    public static Evidence With(Evidence told, Question question, ContentIndex index, int exhibit)
    {
        var found = question.Claims.Where(c => c.Sure || !told.Grounded).Select(c => (Claim: c, Sentence: Right(c, question, index, exhibit))).Where(f => f.Sentence is not null).ToList();
        var right = found.Select(f => f.Sentence!).DistinctBy(c => c.Sentence).Take(Most - 1).ToList();
        if (right.Count == 0)
        {
            return told;
        }

        var said = right.Select(c => question.Answer == question.Tongue ? c : Translation.Of(c, index, question.Answer));
        // Where nothing else is asked than whether it is so, what is right is all there is to say.
        var rest = question.Focus.Count > 0 ? told.Answer.Where(c => c.Sentence.Exhibit == exhibit) : [];
        return told with { Grounded = true, Corrects = found.Exists(f => !f.Sentence!.Sentence.Folded.Contains(f.Claim.Words, StringComparison.Ordinal)), Answer = [.. said.Concat(rest).DistinctBy(c => c.Sentence).Take(Most)] };
    }

    private static Candidate? Right(Claim claim, Question question, ContentIndex index, int exhibit)
    {
        var plain = question with { Kind = claim.Kind, Focus = claim.Kind == QuestionKind.Who ? question.Focus : [], Setting = [] };
        return SentenceScorer.Weigh(plain, index.Sentences(exhibit, question.Tongue)).Where(c => c.Fit >= Certain && (plain.Focus.Count == 0 || c.Coverage >= Certain)).MaxBy(c => c.Score);
    }
}
