using System.Text.RegularExpressions;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Grounding;

/// <summary>Finds what the texts say of heritage whose ownership is contested, so that both sides are told.</summary>
internal static partial class Contested
{
    /// <summary>The sentences on how a work came away and who wants it back; empty when its curators do not call it contested.</summary>
    public static IEnumerable<IndexedSentence> Sides(int exhibit, ContentIndex index, Tongue tongue) =>
        index.Exhibits[exhibit].Tags.En.Any(t => Tag().IsMatch(t)) || index.Sentences(exhibit, Tongue.En).Any(s => Demand().IsMatch(s.Text))
            ? index.Sentences(exhibit, tongue).Where(s => Side().IsMatch(s.Text))
            : [];

    /// <summary>True when the answer will be about such a work.</summary>
    public static bool IsTouchedBy(Turn turn) =>
        turn.Evidence.Best.Concat(turn.Evidence.Answer).Select(c => c.Sentence.Exhibit).Distinct().Any(e => Sides(e, turn.Index, turn.Question.Answer).Any());

    [GeneratedRegex("restitution|repatriation|contested|looted", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\b(?:asked|asks|demand(?:s|ed)?|calls?|called|campaign\w*)\b[^.]*\b(?:return(?:ed)?|back|reunited|restitution)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Demand();

    [GeneratedRegex(@"\b(?:return(?:ed|s)?|reunited|restitution|repatriat\w*|looted|plunder\w*|seized|stolen|removed|carried off|took away|brought to|bought|dispute|demand\w*|British Museum|asked for)\b|归还|返还|索还|追索|要求|争论|争议|掠|抢|劫|运到|运走|买下|团聚", RegexOptions.IgnoreCase)]
    private static partial Regex Side();
}
