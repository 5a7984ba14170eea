using System.Text.RegularExpressions;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Tours;

/// <summary>"Yes, please", said to a next stop that the guide has just proposed.</summary>
internal static partial class Acceptance
{
    /// <summary>What the words ask: the introduction to what was proposed when they say yes to it, else what they say.</summary>
    /// <param name="text">The visitor's words.</param>
    /// <param name="tour">The visit before them.</param>
    /// <param name="answer">The language to answer in; null: that of the words.</param>
    /// <param name="index">The content.</param>
    public static string Meant(string text, TourState tour, Tongue? answer, ContentIndex index)
    {
        if (tour.Offer is not { } id || index.NumberOf(id) is not { } offered || !Yes().IsMatch(text))
        {
            return text;
        }

        var title = index.Exhibits[offered].Title;
        return (answer ?? Tongues.Detect(text)) == Tongue.Zh ? $"介绍一下《{title.Zh.Trim('《', '》')}》。" : $"Tell me about {title.En}.";
    }

    // All that is said: "yes, but who painted it?" is a question.
    [GeneratedRegex(
        @"^\W*(?:(?:oh |ok(?:ay)?,? |well,? )?(?:yes|yeah|yep|sure|ok(?:ay)?|of course|certainly|absolutely|gladly|please|please do|go on|go ahead|why not|let'?s go|let’s go|show me|i(?:'|’)d (?:like|love) (?:that|to)|sounds good|with pleasure)(?:[\s,.!]+(?:yes|please|show me|do|go on|go ahead|let'?s go|let’s go|thanks|thank you|i(?:'|’)d (?:like|love) (?:that|to)|that would be (?:nice|great|lovely)))*|(?:好|好的|好啊|好呀|可以|行|行啊|要|想|是|是的|嗯|当然|没问题|带我去|去看看|看看吧|走吧|继续)(?:[，,。！!\s]*(?:好|好的|可以|谢谢|走吧|带我去|去看看|看看吧|请|请说|继续))*)\W*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Yes();
}
