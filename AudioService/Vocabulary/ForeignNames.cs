using System.Text.RegularExpressions;

namespace Museum.AudioService.Vocabulary;

/// <summary>
/// Names as those say them who know the language: pinyin ("Qingming" is CH IH NG M IH NG), and words of open syllables such as Japanese
/// and Italian ones ("Kanagawa"), each letter as on the continent. Beside flite's English rules, not in their place: visitors say both.
/// </summary>
internal static partial class ForeignNames
{
    private static readonly Dictionary<string, string> Initials = Table(
        "b:B p:P m:M f:F d:D t:T n:N l:L g:G k:K h:HH j:JH q:CH x:SH zh:JH ch:CH sh:SH r:R z:D_Z c:T_S s:S y:Y w:W :");

    private static readonly Dictionary<string, string> Finals = Table(
        "a:AA o:AO e:AH i:IY u:UW v:UW ai:AY ei:EY ao:AW ou:OW an:AA_N en:AH_N ang:AA_NG eng:AH_NG ong:UH_NG er:AA_R "
        + "ia:Y_AA ie:Y_EH iao:Y_AW iu:Y_OW ian:Y_EH_N in:IH_N iang:Y_AA_NG ing:IH_NG iong:Y_UH_NG "
        + "ua:W_AA uo:W_AO uai:W_AY ui:W_EY uan:W_AA_N un:W_AH_N uang:W_AA_NG ue:Y_UW_EH");

    private static readonly Dictionary<string, string> Continental = Table(
        "ai:AY au:AW ei:EY ou:OW a:AA e:EH i:IY o:OW u:UW sh:SH ch:CH ts:T_S k:K g:G s:S z:Z t:T d:D n:N h:HH b:B p:P m:M y:Y r:R w:W j:JH f:F l:L v:V");

    /// <summary>True for what no English word looks like: "qing", "zhou", "xi".</summary>
    public static bool IsPinyin(string word) => NeverEnglish().IsMatch(word) && Pinyin().IsMatch(word.Replace("'", "", StringComparison.Ordinal));

    /// <summary>Null when the word is nothing of the kind.</summary>
    public static string[]? Pronounce(string word)
    {
        var letters = word.Replace("'", "", StringComparison.Ordinal);
        if (Pinyin().Match(letters) is { Success: true } pinyin)
        {
            return [.. pinyin.Groups["syllable"].Captures.SelectMany(s => Syllable(s.Value))];
        }

        return OpenSyllables().IsMatch(letters) && letters.Length > 3 ? [.. Parts().Matches(letters).SelectMany(m => Phones(Continental, m.Value))] : null;
    }

    private static string[] Syllable(string syllable)
    {
        var initial = syllable[..(syllable.Length > 1 && syllable[1] == 'h' ? 2 : Finals.ContainsKey(syllable) ? 0 : 1)];
        var final = syllable[initial.Length..];
        return final switch
        {
            // A vowel of its own after these: "Shi" is not "she".
            "i" when initial is "zh" or "ch" or "sh" or "r" or "z" or "c" or "s" => [.. Phones(Initials, initial), "ER"],
            // "yi" and "wu" have no glide, "yu" and "yan" change the vowel.
            "i" or "in" or "ing" when initial == "y" => Phones(Finals, final),
            "u" when initial == "w" => ["W", "UW"],
            "an" when initial == "y" => ["Y", "EH", "N"],
            "uan" when initial == "y" => ["Y", "UW", "EH", "N"],
            _ => [.. Phones(Initials, initial), .. Phones(Finals, final)],
        };
    }

    private static string[] Phones(Dictionary<string, string> table, string letters) => table[letters].Split('_', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, string> Table(string entries) => entries.Split(' ').Select(e => e.Split(':')).ToDictionary(e => e[0], e => e[1]);

    // Syllables from the left, the longest first; the whole word or nothing. Words of two syllables and more: "men" and "can" are English.
    [GeneratedRegex("^(?<syllable>(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|[aoeiuv])){2,}$")]
    private static partial Regex Pinyin();

    [GeneratedRegex("q(?!u)|^x[iu]|^zh")]
    private static partial Regex NeverEnglish();

    [GeneratedRegex("^(?:(?:sh|ch|ts|[kgsztdnhbpmyrwjflv])?[aeiou]|n(?![aeiou]))+$")]
    private static partial Regex OpenSyllables();

    [GeneratedRegex("ai|au|ei|ou|sh|ch|ts|.")]
    private static partial Regex Parts();
}
