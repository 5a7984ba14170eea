using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Museum.TextService.Language;

namespace Museum.TextService.Grounding;

/// <summary>Reads the names of a sentence, as far as its writing shows them: capitals inside of a sentence, 《…》, names with a 间隔号 (文森特·梵高).</summary>
internal static partial class NameReader
{
    public static IEnumerable<string> Of(string sentence)
    {
        foreach (Match m in Capitalised().Matches(sentence))
        {
            var name = Bare(m.Value);
            if (name.Length > 1 && !BeginsSentence(sentence, m.Index) && !NoNames.Contains(Folding.Fold(name)))
            {
                yield return name;
            }
        }

        foreach (Match m in Titled().Matches(sentence))
        {
            yield return m.Groups["name"].Value;
        }

        foreach (Match m in Dotted().Matches(sentence))
        {
            yield return m.Value;
        }
    }

    private static string Bare(string word) => word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal) ? word[..^2] : word.TrimEnd('\'', '’', '-');

    private static bool BeginsSentence(string sentence, int at)
    {
        var before = at - 1;
        while (before >= 0 && (char.IsWhiteSpace(sentence[before]) || sentence[before] is '"' or '“' or '‘' or '\'' or '(' or '*'))
        {
            before--;
        }

        return before < 0 || sentence[before] is '.' or '!' or '?' or ':' or '…' or ';';
    }

    [GeneratedRegex(@"(?<![\p{L}\d])\p{Lu}[\p{L}'’-]*")]
    private static partial Regex Capitalised();

    [GeneratedRegex("《(?<name>[^》]{1,40})》")]
    private static partial Regex Titled();

    // What stands before the first part cannot be told from it: 画家文森特·梵高. Its last part is enough.
    [GeneratedRegex(@"(?<=·)[\p{IsCJKUnifiedIdeographs}]{2,4}?(?=[·，。、；：！？”》（）\s]|的|在|于|和|与|是|所|创|画|$)")]
    private static partial Regex Dotted();

    // Written with a capital, and no name of anybody; and peoples, which paraphrase a country (Dutch, the Netherlands).
    private static readonly FrozenSet<string> NoNames = """
        i i'm i'd i've i'll bc ad bce ce mr mrs ms dr st the a an o
        january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
        english french german italian spanish dutch chinese japanese greek roman egyptian british american russian polish norwegian swedish danish austrian flemish
        european western eastern asian african christian jewish muslim buddhist catholic latin turkish persian indian mexican korean celtic viking
        north south east west northern southern god earth sun moon internet
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
