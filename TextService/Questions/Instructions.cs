using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>
/// Tells what is said to the machine from what is asked of the guide: a visitor's text is data, and nothing in it changes what the guide is. Extraction
/// could not obey; it would only search the texts for the order's words.
/// </summary>
internal static partial class Instructions
{
    public static bool Are(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(
        @"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules?|prompts?|guidelines?|previous|above|you(?:'|’)?re|you are|everything)\b|\byou are now\b|\bfrom now on\b.{0,20}\byou\b|\b(?:developer|debug|admin|god|jailbreak) mode\b"
        + @"|\b(?:system|hidden|secret|initial|your) (?:prompt|message|instructions?|configuration|settings)\b|\b(?:api|secret|private|access) key\b|\bpasswords?\b.{0,40}\b(?:admin|curator|database|server|file|account)|\b(?:admin|root|curator|database|server)\b.{0,20}\bpasswords?\b"
        + @"|\b(?:say|repeat|reply|respond|answer|write|print|output)\b.{0,30}(?:[""“]|(?<!\w)[‘]\w|only|\bthree times\b|\bnothing else\b|\bafter me\b)|</?(?:context|system|user|assistant|s)>|^\s*(?:system|assistant)\s*:|\bdrop table\b|\bpretend (?:to be|you)\b|^\W*(?:please )?pretend\b|\bact as\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
