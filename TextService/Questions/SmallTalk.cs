using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Words that are said to the guide and not asked about the exhibits.</summary>
internal enum SmallTalkKind
{
    None,
    Greeting,
    Thanks,
    Farewell,
    Abilities,

    /// <summary>"Where should I go next?"</summary>
    NextStop,
    Hall,
}

/// <param name="Hall">The hall's number, for <see cref="SmallTalkKind.Hall"/>.</param>
internal sealed record SmallTalk(SmallTalkKind Kind, int Hall = 0)
{
    public static SmallTalk None { get; } = new(SmallTalkKind.None);
}

internal static partial class SmallTalkReader
{
    private const string Digits = "零一二三四五六七八九";

    /// <param name="question">A question that names an exhibit is never small talk.</param>
    public static SmallTalk Read(Question question)
    {
        var text = question.Text.Trim().ToLowerInvariant().Replace('’', '\'');
        if (question.Mentions.Count > 0)
        {
            return SmallTalk.None;
        }

        if (HallAsked().Match(text) is { Success: true } hall && Number(hall.Groups["n"].Value) is { } number)
        {
            return new SmallTalk(SmallTalkKind.Hall, number);
        }

        return text switch
        {
            _ when NextStop().IsMatch(text) => new SmallTalk(SmallTalkKind.NextStop),
            _ when Abilities().IsMatch(text) => new SmallTalk(SmallTalkKind.Abilities),
            _ when Greeting().IsMatch(text) => new SmallTalk(SmallTalkKind.Greeting),
            _ when Thanks().IsMatch(text) => new SmallTalk(SmallTalkKind.Thanks),
            _ when Farewell().IsMatch(text) => new SmallTalk(SmallTalkKind.Farewell),
            _ => SmallTalk.None,
        };
    }

    // "What happened next?" asks of a story; only the visit goes on here.
    [GeneratedRegex(@"^(?:so|ok(?:ay)?|and|now)?[\s,]*(?:(?:where|what|which (?:one|work|exhibit)) (?:should|can|could|shall|do|would) (?:i|we|you) (?:go|see|visit|look at|recommend|suggest)(?: to)?|where(?: to)?|what(?:'s| is)|where now)(?: now)?,? next\W*$|^what next\W*$|^(?:take|lead|show) me (?:on|further|something else|(?:to )?(?:the )?next (?:one|work|exhibit|stop))\W*$|^(?:can you |could you |please )*(?:suggest|recommend|plan) (?:me )?(?:a |the )?(?:tour|route|next stop)\b|^接下来.{0,4}(?:看|去|逛|参观).{0,3}(?:什么|哪|啥)|^下一(?:件|个|站).{0,3}(?:看|去|是)?.{0,2}(?:什么|哪|啥)|(?:推荐|安排|规划)(?:一条|一个|个|条)?(?:参观)?路线|^带我去下一(?:件|个|站)")]
    private static partial Regex NextStop();

    private static int? Number(string text) =>
        int.TryParse(text, out var number) ? number : Digits.IndexOf(text, StringComparison.Ordinal) is var at and > 0 ? at : null;

    [GeneratedRegex(@"^(?:what|which|show|list|tell)\b.*\b(?:hall|room|gallery)\s+(?:no\.?\s*|number\s+)?(?<n>\d{1,2})\b|(?<n>\d{1,2}|[一二三四五六七八九])号?(?:展厅|厅|展室).*(?:什么|哪些)")]
    private static partial Regex HallAsked();

    [GeneratedRegex(@"^(?:so,? |hi,? |hello,? |ok,? )*(?:what|how) (?:else )?can (?:you|i) (?:do|tell|ask|help|see|talk|learn|find out)\b(?!.*\b(?:today is|weather)\b)|^who are you\b|^what are you\b|^what(?:'s| is) your name|^are you (?:a |an )?(?:real|robot|human|person|ai|machine|guide)|^what do you know\W*$|^(?:help|help me)\W*$|^what (?:exhibits|works|artworks|objects|paintings|things|collections?)(?: \w+)* (?:are (?:here|there)|do you have|can i see|is here)|^what is (?:in|there in|there to see in) (?:this|the) museum|^what(?:'s| is) (?:here|there to see)|^recommend|^what (?:should|would you|do you) (?:i see|recommend|suggest)|^how many (?:exhibits|works|objects|halls|rooms) (?:are|do|does)\b|你(?:能|会|可以)(?:做|干)(?:些|点)?(?:什么|啥)|你能(?:告诉|帮)我(?:做|什么)|^你是(?:谁|什么|机器人|真人|人吗|ai)|你叫什么|^(?:帮助|帮帮我|帮忙)\W*$|(?:馆里|这里|博物馆|你们)(?:都)?有(?:什么|哪些|啥)(?:展品|作品|东西|好看的|可看的|藏品)?\W*$|有(?:什么|哪些)(?:展品|作品|藏品|展厅)|(?:可以|能)问(?:你)?(?:什么|哪些)|推荐(?:一下|几件|什么)|有多少件?(?:展品|藏品|作品)")]
    private static partial Regex Abilities();

    [GeneratedRegex(@"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|howdy|hiya|how are you(?: doing)?(?: today)?|nice to meet you)(?:[\s,!.]+(?:there|guide|clew|all|everyone|how are you(?: doing)?(?: today)?|nice to meet you))*\W*$|^(?:你好|您好|大家好|早上好|下午好|晚上好|嗨|哈喽|喂|早|你好吗|很高兴见到你|在吗)(?:[,，、!！~\s]*(?:你好|您好|向导|阿绪|在吗))*(?:啊|呀|呢|吗)?\W*$")]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^(?:ok(?:ay)?[,\s]+|great[,\s!]+|wow[,\s!]+)*(?:thanks|thank you|thx|cheers|many thanks|ta)(?: (?:a lot|so much|very much|again|for .{1,40}|guide))*\W*$|^(?:that(?:'s| is| was) )?(?:great|interesting|wonderful|lovely|nice|cool|amazing|awesome|good)(?: (?:answer|to know))?\W*$|^(?:好的?[,，]?)?(?:谢谢|多谢|感谢|谢啦|谢了|谢谢你|谢谢您)(?:你|您|啦|了|哦|啊|向导|的讲解|的回答|你的帮助)*\W*$|^(?:太棒了|真有意思|真好|好厉害|有意思)\W*$")]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^(?:ok(?:ay)?[,\s]+)?(?:bye|good ?bye|bye bye|see you|see you later|farewell|good night|that's all|that is all)(?: (?:then|guide|for now))*\W*$|^(?:再见|拜拜|回头见|晚安|下次见|没有了|就这些)(?:啦|了|吧)?\W*$")]
    private static partial Regex Farewell();
}
