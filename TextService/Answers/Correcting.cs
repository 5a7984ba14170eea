using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>
/// Puts right, politely, what a question takes for granted and the exhibit's texts do not bear out: the sentence that says who really made it
/// comes first, then what else was asked. What they do bear out is confirmed where nothing else answers.
/// </summary>
internal static class Correcting
{
    // Two corrections and what was asked: more is a lecture.
    private const int MostRight = 2;
    private const int Most = 3;

    // The sentence must say what is right; a person or a place that it happens to name does not.
    private const double Says = 0.4;

    /// <param name="question">What was asked, and what it takes for granted.</param>
    /// <param name="exhibits">The exhibits named; it is claimed of the first.</param>
    /// <param name="index">The content.</param>
    /// <param name="judge">What the content says to a question of these exhibits.</param>
    public static Evidence Of(Question question, IReadOnlyList<int> exhibits, ContentIndex index, Func<Question, IReadOnlyList<int>, Evidence> judge)
    {
        var exhibit = exhibits[0];
        var wrong = Found(question.Claims.Where(c => !c.IsBorneOut), question, index, exhibit);
        var untrue = wrong.SelectMany(w => w.Claim.Terms).ToHashSet();
        var rest = question with { Claims = [], Wanted = untrue.Count > 0 ? null : question.Wanted, Focus = [.. question.Focus.Where(f => !untrue.Contains(f))] };
        var told = wrong.Count > 0 ? judge(rest, [exhibit]) : judge(question, exhibits);
        var answers = told.Grounded ? wrong : [.. wrong, .. Found(question.Claims.Where(c => c.IsBorneOut), question, index, exhibit)];
        if (answers.Count == 0)
        {
            return told;
        }

        var right = answers.Select(a => a.Right).DistinctBy(c => c.Sentence).Take(MostRight).ToList();
        // Where nothing else is asked than whether it is so, what is right is all there is to say.
        var besides = rest.IsBare ? [] : told.Answer.Where(c => c.Sentence.Exhibit == exhibit);
        return told with
        {
            Grounded = true,
            Corrects = answers.Exists(a => !a.Right.Sentence.Folded.Contains(a.Claim.Words, StringComparison.Ordinal)),
            Best = [.. right, .. told.Best],
            Answer = [.. right.Select(c => question.Answer == question.Tongue ? c : Translation.Of(c, index, question.Answer)).Concat(besides).DistinctBy(c => c.Sentence).Take(Most)],
            Exhibits = exhibits,
        };
    }

    private static List<(Claim Claim, Candidate Right)> Found(IEnumerable<Claim> claims, Question question, ContentIndex index, int exhibit) =>
        [.. claims.Select(c => (Claim: c, Right: Right(c, question, index, exhibit))).Where(f => f.Right is not null).Select(f => (f.Claim, f.Right!))];

    private static Candidate? Right(Claim claim, Question question, ContentIndex index, int exhibit)
    {
        // Who did something is right only with what was done.
        var plain = question with { Kind = claim.Kind, Focus = claim.Kind == QuestionKind.Who ? question.Focus : [], Setting = [], Cues = new HashSet<string>() };
        return SentenceScorer.Weigh(plain, index.Sentences(exhibit, question.Tongue)).Where(c => c.Fit >= Says && (plain.Focus.Count == 0 || c.Coverage >= Says)).MaxBy(c => c.Score);
    }
}
