using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>What is written but never spoken, in any language: Markdown, links, footnote marks; and letters that an English engine lacks.</summary>
internal static partial class WrittenMarks
{
    public static SpokenText Remove(SpokenText text) => text
        .Replace(Link(), "$1")
        .Replace(Address(), " ")
        .Replace(Footnote(), "")
        .Replace(LineStart(), "")
        .Replace(Emphasis(), " ")
        .Replace(Lines(), " ");

    /// <summary>Latin letters without their marks: ö is o, é is e, æ is ae.</summary>
    public static string FoldLetter(char letter)
    {
        if (char.IsAscii(letter))
        {
            return letter.ToString();
        }

        var special = letter switch
        {
            'ß' => "ss", 'æ' => "ae", 'Æ' => "Ae", 'œ' => "oe", 'Œ' => "Oe", 'ø' => "o", 'Ø' => "O", 'ł' => "l", 'Ł' => "L",
            'đ' => "d", 'Đ' => "D", 'ð' => "th", 'Ð' => "Th", 'þ' => "th", 'Þ' => "Th", 'ı' => "i",
            _ => null,
        };
        if (special is not null)
        {
            return special;
        }

        var plain = new StringBuilder();
        foreach (var part in letter.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(part);
            }
        }

        return plain.ToString();
    }

    // [the painting](https://museum.example) → the painting
    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)\s]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    // "painted in 1889[3]"
    [GeneratedRegex(@"\[\d{1,3}\]")]
    private static partial Regex Footnote();

    // "## The story", "> quoted", "- first", "1. first"
    [GeneratedRegex(@"^\s*(#{1,6}|>|[-*+]|\d{1,2}\.(?=\s+\p{L}))\s+", RegexOptions.Multiline)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\*+|`+|~~|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|__+")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\s*[\r\n\t]+\s*")]
    private static partial Regex Lines();
}
