using System.Collections.Frozen;
using Museum.VoiceCallService.Calls;

namespace Museum.VoiceCallService.BargeIn;

/// <summary>
/// Whether what a visitor says into the guide's speech is meant to interrupt it. When in doubt it is not: a guide that falls silent at a
/// cough is worse than one that must be asked with two words.
/// </summary>
internal static class SpeechContent
{
    private static readonly FrozenSet<string> Commands = Set(
        "stop wait no nope hey pause quiet enough skip next louder slower faster sorry pardon why help repeat again cancel silence hush guide");

    private static readonly FrozenSet<string> Acknowledgements = Set(
        "mhm mm mmm hm hmm uhhuh huh uh-huh mm-hmm mmhm mm-hm aha ah oh ooh wow ok okay okey kay yeah yea yep yup yes ya right sure alright cool nice great good fine true exactly indeed really interesting wonderful amazing beautiful lovely");

    private static readonly FrozenSet<string> AcknowledgingPhrases = Set(
        "i see|got it|all right|of course|i know|oh really|very nice|very good|very interesting|that is interesting|that's interesting|that's nice|that's right|that's true|so nice|no way|oh my god|oh my|my god|makes sense|go on|i understand|how nice|how interesting|not bad|uh huh|mm hm|mm hmm|um hum|ah ha");

    private static readonly FrozenSet<string> FunctionWords = Set(
        "a an the i you he she it we they me him her us them my your his its our their this that these those and or but so if of in on at by for from with to up as is am are was were be been do does did has have had " +
        "um uh uhm er erm eh who what when where which how not there here then than can could will would s t m");

    private static readonly FrozenSet<char> ChineseParticles = "的了呢吗吧啊呃额嗯哦噢喔唔哎诶欸那这个就也都和与在是有我你他她它很".ToFrozenSet();

    private static readonly string[] ChineseAcknowledgements =
        ["原来如此", "原来是这样", "是这样啊", "这样啊", "有意思", "知道了", "我知道", "明白了", "明白", "懂了", "没错", "真的吗", "真的", "当然", "好的", "好吧", "好啊", "对的", "对啊", "是的", "是啊", "嗯", "唔", "哦", "噢", "喔", "啊", "哇", "对", "好", "行", "是", "哈"];

    private static readonly string[] ChineseCommands =
        ["停", "等一", "等等", "等下", "别说", "别讲", "不要", "不对", "不是", "不用", "够了", "闭嘴", "打住", "慢着", "慢点", "请问", "安静", "下一", "换一", "跳过", "重复", "再说", "抱歉", "不好意思", "为什么", "什么", "谁", "怎么", "大声"];

    /// <param name="hypothesis">As a recogniser writes it; "" when it heard no words.</param>
    /// <param name="language"><c>en</c> or <c>zh</c>.</param>
    public static SpeechWorth Weigh(string hypothesis, string language)
    {
        // Recognisers write sounds that are no words as <sil>, [NOISE] or ++cough++.
        var words = hypothesis.ToLowerInvariant().Replace('’', '\'').Split((char[])[' ', '\t', '\n', ',', '.', '!', '?', ';', ':', '…', '，', '。', '！', '？', '、'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w[0] is not ('<' or '[' or '+' or '(')).ToArray();
        return words.Length == 0 ? SpeechWorth.Nothing : language == "zh" && words.Any(w => w.Any(IsHan)) ? OfChinese(string.Concat(words)) : OfEnglish(words);
    }

    /// <summary>"Next", "louder": one word says all.</summary>
    /// <param name="text">As a recogniser writes it.</param>
    /// <param name="language"><c>en</c> or <c>zh</c>.</param>
    public static bool IsCommand(string text, string language) => language == "zh"
        ? Array.Exists(ChineseCommands, c => text.Contains(c, StringComparison.Ordinal))
        : Array.Exists(Spoken.Bare(text).Split(' '), Commands.Contains);

    private static SpeechWorth OfEnglish(string[] words)
    {
        if (Array.Exists(words, Commands.Contains) && !AcknowledgingPhrases.Contains(string.Join(' ', words)))
        {
            return SpeechWorth.Words;
        }

        var rest = string.Join(' ', words);
        foreach (var phrase in AcknowledgingPhrases.Where(p => rest.Contains(p, StringComparison.Ordinal)))
        {
            rest = $" {rest} ".Replace($" {phrase} ", " mhm ", StringComparison.Ordinal).Trim();
        }

        var left = rest.Split(' ').Where(w => !FunctionWords.Contains(w)).ToArray();
        return left.Length == 0 ? SpeechWorth.Nothing
            : Array.TrueForAll(left, Acknowledgements.Contains) && words.Length < 5 ? SpeechWorth.Backchannel
            // One short word is what a cough is taken for; "Monet" is not.
            : words.Length > 1 || Syllables(words[0]) > 1 ? SpeechWorth.Words : SpeechWorth.Nothing;
    }

    private static SpeechWorth OfChinese(string text)
    {
        if (Array.Exists(ChineseCommands, c => text.Contains(c, StringComparison.Ordinal)))
        {
            return SpeechWorth.Words;
        }

        var rest = text;
        foreach (var phrase in ChineseAcknowledgements)
        {
            rest = rest.Replace(phrase, "", StringComparison.Ordinal);
        }

        var content = rest.Count(c => !ChineseParticles.Contains(c));
        return content >= 2 ? SpeechWorth.Words : content == 0 && rest.Length < text.Length ? SpeechWorth.Backchannel : SpeechWorth.Nothing;
    }

    private static int Syllables(string word)
    {
        var vowels = word.TrimEnd('e').Select(c => "aeiouy".Contains(c, StringComparison.Ordinal)).Prepend(false).ToArray();
        return vowels.Zip(vowels[1..]).Count(v => v is (false, true));
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';

    private static FrozenSet<string> Set(string words) => words.Split(words.Contains('|') ? '|' : ' ').ToFrozenSet(StringComparer.Ordinal);
}
