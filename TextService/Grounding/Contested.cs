using System.Text.RegularExpressions;
using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Grounding;

/// <summary>Finds what the texts say of heritage whose ownership is contested, so that both sides are told.</summary>
internal static partial class Contested
{
    /// <summary>The sentences on how a work came away and who wants it back; empty when its curators do not call it contested.</summary>
    public static IEnumerable<IndexedSentence> Sides(int exhibit, ContentIndex index, Tongue tongue) =>
        index.Exhibits[exhibit].Tags.En.Any(t => Tag().IsMatch(t)) || index.Sentences(exhibit, Tongue.En).Any(s => Demand().IsMatch(s.Text))
            ? index.Sentences(exhibit, tongue).Where(s => Side().IsMatch(s.Text))
            : [];

    /// <summary>What was found, with the other side added where a question of whose it is would be answered with one alone.</summary>
    public static Evidence Both(Evidence evidence, Question question, ContentIndex index)
    {
        if (!evidence.Grounded || !Whose().IsMatch(question.Text))
        {
            return evidence;
        }

        var sides = Sides(evidence.Answer[0].Sentence.Exhibit, index, question.Answer).ToList();
        var missing = new[] { Gone(), Back() }
            .Where(side => !evidence.Answer.Any(c => side.IsMatch(c.Sentence.Text)))
            .Select(side => sides.Find(s => side.IsMatch(s.Text))).OfType<IndexedSentence>().Distinct();
        return evidence with { Answer = [.. evidence.Answer, .. missing.Select(s => evidence.Answer[^1] with { Sentence = s })] };
    }

    /// <summary>True when the answer will be about such a work.</summary>
    public static bool IsTouchedBy(Turn turn) =>
        turn.Evidence.Best.Concat(turn.Evidence.Answer).Select(c => c.Sentence.Exhibit).Distinct().Any(e => Sides(e, turn.Index, turn.Question.Answer).Any());

    [GeneratedRegex("restitution|repatriation|contested|looted", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\b(?:asked|asks|demand(?:s|ed)?|calls?|called|campaign\w*)\b[^.]*\b(?:return(?:ed)?|back|reunited|restitution|come home)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Demand();

    [GeneratedRegex(@"\b(?:return(?:ed|s)?|reunited|restitution|repatriat\w*|transferred ownership|looted|plunder\w*|seized|stolen|removed|carried off|took|brought to|bought|dispute|demand\w*|British Museum|asked for)\b|归还|返还|索还|追索|要求|请求|移交|争论|争议|掠|抢|劫|运到|运走|搬走|买下|团聚", RegexOptions.IgnoreCase)]
    private static partial Regex Side();

    // A question of whose it is.
    [GeneratedRegex(@"\b(?:return(?:ed)?|gi(?:ve|ven|ving) (?:\w+ )?back|g[io]ve back|go(?:es)? (?:back|home)|com(?:e|ing) home|belongs?|rightful\w*|st[eo]al|stole|stolen|loot\w*|plunder\w*|thief|thieves|rob(?:bed)?|restitution|repatriat\w*|contested)\b|归还|返还|还给|还回|属于|该归|抢|掠|偷|回国|回家", RegexOptions.IgnoreCase)]
    private static partial Regex Whose();

    [GeneratedRegex(@"\b(?:looted|plundered|seized|stolen|removed|carried off|took|bought|given to|transported)\b|掠|抢|劫|拆下|运到|运走|搬走|买下|赠给", RegexOptions.IgnoreCase)]
    private static partial Regex Gone();

    [GeneratedRegex(@"\basked\b[^.]*\b(?:reunited|return\w*|back|home)\b|\b(?:demand\w*|dispute|restitution|repatriat\w*|transferred ownership|returned)\b|归还|返还|索还|追索|要求|请求|移交|团聚|争议", RegexOptions.IgnoreCase)]
    private static partial Regex Back();
}
