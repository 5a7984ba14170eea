using System.Text.RegularExpressions;
using Museum.TextService.Generation;
using Museum.TextService.Language;

namespace Museum.TextService.Grounding;

/// <summary>Makes prose of what a model writes although it was told to speak: without emphasis, headings, list marks and links.</summary>
internal static partial class SpokenText
{
    // So many words of the rules in a row are no coincidence.
    private const int Telltale = 7;

    private static readonly Lazy<HashSet<string>> RuleRuns = new(() => [.. Runs(Prompt.Principles)]);

    /// <summary>The sentence as it is to be said; white space at its end stays.</summary>
    public static string Plain(string sentence) => Spaces().Replace(Marks().Replace(Link().Replace(sentence, "$1"), ""), " ");

    /// <summary>True when it recites what the guide was told about how to answer.</summary>
    public static bool RecitesRules(string sentence) => Runs(sentence).Any(RuleRuns.Value.Contains);

    private static IEnumerable<string> Runs(string text)
    {
        var words = EnglishWords.Of(text);
        return Enumerable.Range(0, Math.Max(0, words.Count - Telltale + 1)).Select(i => string.Join(' ', words.Skip(i).Take(Telltale)));
    }

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)|https?://\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*|__|`+|(?<=^|\n)\s*(?:#{1,6}\s+|[-*•]\s+)|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)", RegexOptions.Multiline)]
    private static partial Regex Marks();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
