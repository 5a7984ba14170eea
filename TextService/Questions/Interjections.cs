using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>"Wait, who painted it?", "My son wants to know who painted it": what is said only to be let speak, or who asks, is no matter of the question.</summary>
internal static partial class Interjections
{
    /// <returns>The question without them; as it is when nothing would be left.</returns>
    public static string Strip(string text) => Reported().Replace(Leading().Replace(text, ""), "");

    // A transcript has no commas; and "stop" alone is no question that began with it.
    [GeneratedRegex(
        @"^\W*(?:(?:stop|wait(?: a (?:moment|minute|second))?|hold on(?: a (?:moment|minute|second))?|hang on|excuse me|pardon(?: me)?|sorry|(?:one|just a) (?:moment|minute|second)|never mind|hey|okay|ok)(?: please)?[\s,.!…-]+)+(?=\w)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"^(?:(?:and|so|but|well),? )?(?:my|our|the|his|her|their) \w+(?: \w+)? (?:wants? to know|wanted to know|would like to know|(?:is |was )?ask(?:s|ed|ing)(?: me)?|(?:is |was )?wonder(?:s|ed|ing)) (?:(?:whether|if) (?=\w)|(?=(?:who|whose|what|which|where|when|why|how)\b))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Reported();
}
