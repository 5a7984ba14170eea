using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>A part of a sentence that one voice reads, and where it stands in the sentence.</summary>
internal readonly record struct SentencePart(string Text, int Start, string Language);

/// <summary>Cuts a sentence where its script changes in a way that its language's voices cannot follow: in English they pass over hanzi, or name them "Chinese letter".</summary>
internal static partial class SentenceParts
{
    /// <summary>What has nothing to say in it is left out; a sentence of one script is one part.</summary>
    public static IReadOnlyList<SentencePart> Of(string text, string language)
    {
        if (language == "zh" || !Hanzi().IsMatch(text))
        {
            return [new(text, 0, language)];
        }

        var parts = new List<SentencePart>();
        var at = 0;
        foreach (Match hanzi in Hanzi().Matches(text))
        {
            Add(at, hanzi.Index, language);
            Add(hanzi.Index, at = hanzi.Index + hanzi.Length, "zh");
        }

        Add(at, text.Length, language);
        return parts;

        void Add(int start, int end, string spoken)
        {
            if (text[start..end].Any(char.IsLetterOrDigit))
            {
                parts.Add(new(text[start..end], start, spoken));
            }
        }
    }

    // From a hanzi to the last one before another script, with the marks and years between them: 《星月夜》（1889年）.
    [GeneratedRegex(@"[\u3400-\u9fff](?:[\u3400-\u9fff0-9，。、；：！？·《》“”「」（）]*[\u3400-\u9fff])?")]
    private static partial Regex Hanzi();
}
