using System.Text.RegularExpressions;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>
/// Finds what a Chinese question takes for granted of the exhibit it names: who made it, when, where, of what. What the exhibit's texts say too
/// counts only where the visitor wants it confirmed.
/// </summary>
internal static partial class ChineseClaims
{
    // The words where something is claimed, by their place in the sentence; the first group is what is claimed.
    private static readonly (QuestionKind Kind, Regex Pattern)[] Slots =
    [
        (QuestionKind.When, FoundInYear()), (QuestionKind.WhenMade, Year()), (QuestionKind.WhenMade, Dynasty()),
        (QuestionKind.WhereFound, FoundAt()), (QuestionKind.WhereMade, MadeAt()), (QuestionKind.WhereNow, KeptAt()),
        (QuestionKind.Material, MadeOf()), (QuestionKind.Material, MadeUpon()),
        (QuestionKind.Overview, Shows()),
        (QuestionKind.WhereFound, FoundBy()), (QuestionKind.Who, TakenBy()), (QuestionKind.WhoMade, MadeBy()), (QuestionKind.WhoMade, Of()),
    ];

    /// <param name="words">The question, with spaces for the names in it.</param>
    /// <param name="mentions">The exhibits named, and makers.</param>
    /// <param name="index">The content.</param>
    /// <returns>The claims; the words of those that are not borne out are then no matter of the question.</returns>
    public static List<Claim> Of(string words, IReadOnlyList<Mention> mentions, ContentIndex index)
    {
        if (Meant(mentions) is not { } exhibit)
        {
            return [];
        }

        List<Claim> found = [];
        var lexicon = index.Lexicon(Tongue.Zh);
        foreach (var (kind, pattern) in Slots)
        {
            foreach (var claimed in pattern.Matches(words).Select(m => m.Groups[1].Value.Trim()).Where(c => c.Length > 0 && !Vague().IsMatch(c)))
            {
                var maker = ChineseNames.Plain(index.Exhibits[exhibit].Maker.Zh);
                var said = kind == QuestionKind.WhoMade && index.ChineseNames.IsMaker(claimed) ? maker.Contains(claimed, StringComparison.Ordinal) : Says(index.Whole(exhibit, Tongue.Zh), Undated().Replace(claimed, ""));
                if ((!said || Asserted().IsMatch(words)) && !found.Exists(f => f.Words.Contains(claimed, StringComparison.Ordinal) || claimed.Contains(f.Words, StringComparison.Ordinal)))
                {
                    found.Add(new Claim(kind, [new ChineseFocus(claimed, lexicon)], claimed, said));
                }
            }
        }

        return found;
    }

    // The one exhibit that is named, or the only one by the maker who is.
    private static int? Meant(IReadOnlyList<Mention> mentions)
    {
        var named = mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits).Distinct().ToList();
        return (named.Count > 0 ? named : [.. mentions.SelectMany(m => m.Exhibits).Distinct()]) is [var only] ? only : null;
    }

    // Long names are said in many ways: most of their characters are the name.
    private static bool Says(IndexedSentence whole, string claimed)
    {
        var pairs = Enumerable.Range(0, claimed.Length - 1).Count(i => whole.Terms.Contains(claimed.Substring(i, 2)));
        return claimed.Length == 1 ? whole.Terms.Contains(claimed) : pairs * 2 >= claimed.Length - 1;
    }

    [GeneratedRegex("吧|对吗|对不对|是不是|是吗|没错|不是.*吗|吗[？?]?$")]
    private static partial Regex Asserted();

    private const string Making = "(?:画|绘|创作|雕|刻|铸|造|建|制作|设计|发明|写|印|做|织|绣)";
    private const string Finding = "(?:发掘出|发现|出土|挖|找到|发掘|打捞)";
    private const string Someone = "((?!是|被|由|不)[\\p{IsCJKUnifiedIdeographs}·-[在的]]{2,8}?)";

    [GeneratedRegex("(\\d{3,4}年?)[^，？,?]{0,8}" + Finding)]
    private static partial Regex FoundInYear();

    [GeneratedRegex("(\\d{3,4}年?)")]
    private static partial Regex Year();

    [GeneratedRegex("((?:夏|商|周|西周|东周|春秋|战国|秦|汉|西汉|东汉|三国|晋|隋|唐|宋|北宋|南宋|辽|元|明|清)(?:朝|代)|(?<![\\d元前])\\d{1,2}世纪)")]
    private static partial Regex Dynasty();

    // 汉代 is what a text means that says 西汉.
    [GeneratedRegex("(?<=^..?)[朝代]$")]
    private static partial Regex Undated();

    [GeneratedRegex("[在于从]" + Someone + "(?:被)?" + Finding)]
    private static partial Regex FoundAt();

    [GeneratedRegex("[在于]" + Someone + "(?:哪条街|哪里|的时候)?" + Making)]
    private static partial Regex MadeAt();

    [GeneratedRegex("(?:放|藏|收藏|陈列|摆|展出|不是|会|是不是)在" + Someone + "(?:的?吧|吗|$|\\s|，|？|[?,])")]
    private static partial Regex KeptAt();

    [GeneratedRegex("是(?:用)?([\\p{IsCJKUnifiedIdeographs}]{0,2}(?:石|铜|铁|金|银|木|陶|瓷|玉|纸|绢|布|油画|水彩画?|版画|大理石|青铜|玻璃|石膏))(?:" + Making + "|打|的|吗|吧|做)")]
    private static partial Regex MadeOf();

    [GeneratedRegex("(?:画|写|印|绣|刻)在([\\p{IsCJKUnifiedIdeographs}]{0,2}(?:布|纸|板|绢|墙|石|木|皮))上")]
    private static partial Regex MadeUpon();

    [GeneratedRegex("(?:是|被)" + Someone + Finding)]
    private static partial Regex FoundBy();

    [GeneratedRegex("(?:^|\\s|是|被|由|[，,])" + Someone + "(?:为什么|为何|怎么|是)?(?:哪一年|什么时候|何时)?(?:要|想|开始)?(?:" + Making + ")(?!家|面|框|里|中|上|像)")]
    private static partial Regex MadeBy();

    [GeneratedRegex("(?:画|写|讲|刻|表现|描绘|说)的是" + Someone + "(?:[，,？?吗吧跟和与的]|$)")]
    private static partial Regex Shows();

    [GeneratedRegex("(?:是|被)" + Someone + "(?:搬走|运走|偷走|抢走|拿走|买走|带走|买下)")]
    private static partial Regex TakenBy();

    [GeneratedRegex("^" + Someone + "的 ")]
    private static partial Regex Of();

    [GeneratedRegex("谁|什么|哪|怎|几|多少|何|到底|究竟|^(?:它|他|她|这|那|是|不|有|没|里|中|的|一|上面)|时候|原来|现在|当年|人们|工匠|画家|作者|自己|里面|上面|背后")]
    private static partial Regex Vague();
}
