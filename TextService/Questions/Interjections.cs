using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>"Wait, who painted it?": what is said only to be let speak is no matter of the question.</summary>
internal static partial class Interjections
{
    /// <returns>The question without them; as it is when nothing would be left.</returns>
    public static string Strip(string text) => Leading().Replace(text, "");

    // A transcript has no commas; and "stop" alone is no question that began with it.
    [GeneratedRegex(
        @"^\W*(?:(?:stop|wait(?: a (?:moment|minute|second))?|hold on(?: a (?:moment|minute|second))?|hang on|excuse me|pardon(?: me)?|sorry|(?:one|just a) (?:moment|minute|second)|never mind|hey|okay|ok)(?: please)?[\s,.!…-]+)+(?=\w)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Leading();
}
