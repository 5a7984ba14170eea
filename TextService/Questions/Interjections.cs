using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>"Wait, who painted it?", "My son wants to know who painted it", "My guidebook says it is made of iron": what is said only to be let speak, who asks, or who says so, is no matter of the question.</summary>
internal static partial class Interjections
{
    /// <returns>The question without them; as it is when nothing would be left.</returns>
    public static string Strip(string text) => Said().Replace(Reported().Replace(Leading().Replace(text, ""), ""), "");

    // A transcript has no commas; and "stop" alone is no question that began with it.
    [GeneratedRegex(
        @"^\W*(?:(?:stop|wait(?: a (?:moment|minute|second))?|hold on(?: a (?:moment|minute|second))?|hang on|excuse me|pardon(?: me)?|sorry|(?:one|just a) (?:moment|minute|second)|never mind|hey|okay|ok)(?: please)?[\s,.!…-]+)+(?=\w)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"^(?:(?:and|so|but|well),? )?(?:my|our|the|his|her|their) \w+(?: \w+)? (?:wants? to know|wanted to know|would like to know|(?:is |was )?ask(?:s|ed|ing)(?: me)?|(?:is |was )?wonder(?:s|ed|ing)) (?:(?:whether|if) (?=\w)|(?=(?:who|whose|what|which|where|when|why|how)\b))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Reported();

    [GeneratedRegex(
        @"^(?:(?:and|so|but|well),? )?(?:(?:my|our|the|a|his|her) (?:\w+ )?(?:guidebook|guide book|book|leaflet|label|newspaper|film|teacher|professor|friend|colleague|brother|sister|son|daughter|husband|wife|father|mother|dad|mum|mom) (?:says?|said|claims?|claimed|thinks?|believes?|insists?|(?:told|tells) (?:me|us))"
        + @"|i (?:have )?(?:read|heard|thought|learnt|learned|believe|was told))(?: somewhere| once)?(?: that)?[ ,:]+(?=\w)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Said();
}
