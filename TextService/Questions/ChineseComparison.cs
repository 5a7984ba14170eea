using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Brings the ways to compare in Chinese to the plain question that each of the two is asked: 哪个更高 → 多高.</summary>
internal static partial class ChineseComparison
{
    public static string Plain(string words)
    {
        var text = Which().Replace(words, " ");
        foreach (var (pattern, plain) in Asked)
        {
            if (pattern.IsMatch(text))
            {
                return pattern.Replace(text, plain);
            }
        }

        return text;
    }

    private static readonly (Regex Pattern, string Plain)[] Asked =
    [
        (FoundFirst(), " 哪一年发现 "), (Older(), " 哪一年做的 "), (Heavier(), " 多重 "), (Larger(), " 多$1 "), (Dearer(), " 多少钱 "),
        (SameMaterial(), " 用什么材料做的 "), (SamePlace(), " 来自哪个国家 "),
    ];

    [GeneratedRegex("哪一?[个幅件尊张座块部]画?|哪个|比较一下|相比|比起来|比一比|各自|各有|分别|(?<!同)一个|都是|都")]
    private static partial Regex Which();

    [GeneratedRegex("(?:更?[早先晚]|哪一年).{0,2}(?:发现|出土|找到|挖)[^，？,?]*")]
    private static partial Regex FoundFirst();

    [GeneratedRegex("(?:年代)?(?:相?差|隔)(?:了)?(?:多少年|多远|几年|多久)|谁?[^，？,?\\s]{0,2}(?:更|得更|得)?[早晚先](?:画|做|造|写|印|建|出现)?的?(?:是|得)?|年代(?:更|最)?[早晚]?|更?古老|更老")]
    private static partial Regex Older();

    [GeneratedRegex("更?(?:重|沉|轻)(?:一些|一点|多少)?|有多重")]
    private static partial Regex Heavier();

    [GeneratedRegex("更?([高大长宽小矮])(?:一些|一点|多少)?")]
    private static partial Regex Larger();

    [GeneratedRegex("更?(?:贵|值钱)")]
    private static partial Regex Dearer();

    [GeneratedRegex("(?:石头|材料|材质|用料|木头|金属)[^，？,?]{0,3}(?:一样|相同|同一种)[^，？,?]*")]
    private static partial Regex SameMaterial();

    [GeneratedRegex("(?:同一个|一个)(?:国家|地方|朝代)[^，？,?]{0,3}(?:造|做|来)?[^，？,?]*")]
    private static partial Regex SamePlace();
}
