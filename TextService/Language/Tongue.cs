using System.Text.RegularExpressions;

namespace Museum.TextService.Language;

/// <summary>A language of the content.</summary>
internal enum Tongue
{
    En,
    Zh,
}

internal static partial class Tongues
{
    public static IReadOnlyList<Tongue> All { get; } = [Tongue.En, Tongue.Zh];

    public static string Code(this Tongue tongue) => tongue == Tongue.Zh ? "zh" : "en";

    /// <summary>The language of a BCP 47 tag (<c>en-US</c>, <c>zh_Hans</c>); null when it is none of ours.</summary>
    public static Tongue? Parse(string? tag)
    {
        var primary = tag?.Trim().Split('-', '_')[0];
        return primary?.ToLowerInvariant() switch
        {
            "en" => Tongue.En,
            "zh" or "cmn" => Tongue.Zh,
            _ => null,
        };
    }

    /// <summary>The language of a text that leaves no doubt: Chinese without Latin words, or English sentences without Chinese; else null.</summary>
    public static Tongue? Plainly(string text)
    {
        var han = text.Count(Han.Is);
        var words = EnglishWords.Of(text).FindAll(w => !char.IsAsciiDigit(w[0]));
        return (han, words.Count) switch
        {
            ( > 1, _) when Detect(text) == Tongue.Zh => Tongue.Zh,
            // A name alone belongs to no language.
            (0, _) when words.Exists(EnglishWords.IsStop) => Tongue.En,
            _ => null,
        };
    }

    /// <summary>The language that a text is written in: Chinese as soon as its characters outweigh the Latin words.</summary>
    public static Tongue Detect(string text)
    {
        var han = 0;
        var words = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var letter = char.IsAsciiLetter(c) || (c is > '\u00BF' and < '\u0250');
            if (letter && !inWord)
            {
                words++;
            }

            inWord = letter || (inWord && c == '\'');
            if (Han.Is(c))
            {
                han++;
            }
        }

        // "Girl with a Pearl Earring 在哪个博物馆" is asked in Chinese, however long the name is.
        if (han > 0 && ChineseAsks().IsMatch(text) && !EnglishWords.Of(text).Exists(EnglishWords.Asks))
        {
            return Tongue.Zh;
        }

        // "Who painted 星月夜?" has English around a name; "Mona Lisa是谁画的" has Chinese around one.
        return han > words && !(han < 2 * words && EnglishWords.Of(text).Exists(EnglishWords.IsStop)) ? Tongue.Zh : Tongue.En;
    }

    [GeneratedRegex("谁|什么|哪|吗|多少|怎么|为何|如何|几[个件年岁]|介绍|讲讲")]
    private static partial Regex ChineseAsks();
}

internal static class Han
{
    /// <summary>True for a Chinese character of the basic planes.</summary>
    public static bool Is(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '\u3007';
}
