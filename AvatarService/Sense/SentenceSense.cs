using System.Text.RegularExpressions;

namespace Museum.AvatarService.Sense;

/// <summary>What the face and the hands do with a sentence: look.md's gestures, at most one per sentence.</summary>
internal readonly record struct Bearing(string Expression, string Action)
{
    public static readonly Bearing Telling = new("neutral", "give");
}

/// <summary>
/// The bearing from a sentence's words, in English and Chinese. Expressions: neutral, smile, curious, delighted, sorry.
/// Actions: give, greet, point, dont_know, farewell.
/// </summary>
internal static partial class SentenceSense
{
    public static Bearing Read(string text) => text.Trim() switch
    {
        var t when DontKnow().IsMatch(t) => new("sorry", "dont_know"),
        var t when Farewell().IsMatch(t) => new("smile", "farewell"),
        var t when Greeting().IsMatch(t) => new("smile", "greet"),
        var t when Pointing().IsMatch(t) => new("neutral", "point"),
        var t when Question().IsMatch(t) => new("curious", "give"),
        var t when Exclamation().IsMatch(t) => new("delighted", "give"),
        _ => Bearing.Telling,
    };

    [GeneratedRegex(@"\bI (?:really )?(?:don['’]t|do not) know\b|\bI(?:['’]m| am) (?:afraid|not sure|sorry)\b|\bI (?:can['’]t|cannot|could(?:n['’]t| not)) (?:find|answer|say|tell)\b|我(?:也|还|确实|恐怕)?(?:不知道|不清楚|不确定|没有找到|没找到|找不到|无法回答|答不上来|回答不了)|抱歉|对不起", RegexOptions.IgnoreCase)]
    private static partial Regex DontKnow();

    [GeneratedRegex(@"\b(?:goodbye|farewell|see you (?:soon|again|later)|enjoy (?:the rest of )?your visit)\b|再见|再会|(?:参观|游览)愉快", RegexOptions.IgnoreCase)]
    private static partial Regex Farewell();

    [GeneratedRegex(@"^(?:hello|hi|hey|welcome|good (?:morning|afternoon|evening))\b|^(?:你好|您好|大家好|欢迎|早上好|下午好|晚上好)", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"\b(?:look (?:at|closely|up|to)|over (?:here|there)|on your (?:left|right)|right in front of you)\b|^请?(?:仔细)?(?:看看|看这|看那|请看|注意看)|(?:你|您)的(?:左|右|面前|前方)", RegexOptions.IgnoreCase)]
    private static partial Regex Pointing();

    // Closing quotation marks may follow.
    [GeneratedRegex(@"[?？]['""”’」』）)]*$")]
    private static partial Regex Question();

    [GeneratedRegex(@"[!！]['""”’」』）)]*$")]
    private static partial Regex Exclamation();
}
