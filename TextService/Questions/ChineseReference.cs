using System.Text.RegularExpressions;
using Museum.TextService.Index;

namespace Museum.TextService.Questions;

/// <summary>Which of the things spoken of a Chinese question means: 前一幅, 后面那个, or 他另外那幅, which was not spoken of yet.</summary>
internal static partial class ChineseReference
{
    /// <param name="words">The question.</param>
    /// <param name="topics">What was spoken of, the newest first.</param>
    /// <param name="named">The same in the order in which it was last named, the oldest first.</param>
    /// <param name="index">The content.</param>
    /// <returns>The topics, what is meant first.</returns>
    public static IReadOnlyList<int> Order(string words, IReadOnlyList<int> topics, IReadOnlyList<int> named, ContentIndex index)
    {
        if (topics.Count == 0)
        {
            return topics;
        }

        if (Other().IsMatch(words))
        {
            var maker = index.Exhibits[topics[0]].Maker.Zh;
            return [.. Enumerable.Range(0, index.Exhibits.Count).Where(e => e != topics[0] && index.Exhibits[e].Maker.Zh == maker), .. topics];
        }

        int? meant = named.Count < 2 ? null : First().IsMatch(words) ? named[0] : Former().IsMatch(words) ? named[^2] : Latter().IsMatch(words) ? named[^1] : null;
        return meant is { } exhibit ? [exhibit, .. topics.Where(t => t != exhibit)] : topics;
    }

    /// <summary>The question without the words that only say which one is meant.</summary>
    public static string Without(string words) => new[] { First(), Former(), Latter(), Other() }.Aggregate(words, (text, pattern) => pattern.Replace(text, " "));

    private const string One = "(?:个|件|幅|座|尊|块|部|张|把|样)";

    [GeneratedRegex("(?<![哪])第一" + One + "(?!人|月)|最开始那" + One + "|一开始(?:说|问)的那?" + One)]
    private static partial Regex First();

    [GeneratedRegex("前(?:面)?(?:一|那|那一)" + One + "|前者|上(?:面)?(?:一|那)" + One + "|刚才那" + One)]
    private static partial Regex Former();

    [GeneratedRegex("后(?:面)?(?:一|那|那一)" + One + "|后者|第二" + One)]
    private static partial Regex Latter();

    [GeneratedRegex("(?:他|她|这位\\w{2,3}|那位\\w{2,3}|同一[位个]?\\w{1,3}|作者|画家|雕塑家)[^,，?？]{0,8}?(?:另外|别的|其他|其它|还(?:有|画|雕|刻|写|做|造|创作|设计|留下)(?:过|了|下)?(?:什么|啥|哪些))(?:那|的|一)?" + One + "?")]
    private static partial Regex Other();
}
