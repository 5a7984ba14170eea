using System.Globalization;
using System.Text.RegularExpressions;
using Museum.AudioService.Text;

namespace Museum.AudioService.Vocabulary;

/// <summary>A written text as the words that a dictionary of pronunciations lists: "Painted in 1889" is painted, in, eighteen, eighty, nine.</summary>
internal static partial class SpokenWords
{
    private static readonly (long Size, string Name)[] Powers = [(1_000_000, "million"), (1_000, "thousand"), (100, "hundred")];

    public static string[] Of(string written)
    {
        // "Mary's boat—the small one—" has two words between the marks, not one.
        var text = EnglishText.Prepare(written)?.Text ?? "";
        text = Thousands().Replace(text, "");
        text = Ordinal().Replace(text, m => $" {OrdinalOf(int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture))} ");
        text = Decimals().Replace(text, m => $" point {string.Join(' ', m.Groups[1].Value.Select(digit => EnglishNumbers.TwoDigits(digit - '0')))} ");
        text = Number().Replace(text, m => $" {Cardinal(long.Parse(m.ValueSpan, CultureInfo.InvariantCulture))} ");
        return [.. Word().Matches(text).Select(m => m.Value.Trim('\'').ToLowerInvariant()).Where(word => word.Length > 0)];
    }

    private static string Cardinal(long number)
    {
        foreach (var (size, name) in Powers)
        {
            if (number >= size)
            {
                var rest = number % size;
                return $"{Cardinal(number / size)} {name}{(rest == 0 ? "" : rest < 100 ? $" and {Cardinal(rest)}" : $" {Cardinal(rest)}")}";
            }
        }

        return EnglishNumbers.TwoDigits((int)number);
    }

    private static string OrdinalOf(int number) => number is > 0 and < 100 ? EnglishNumbers.Ordinal(number) : Cardinal(number);

    // "8,000"
    [GeneratedRegex(@"(?<=\d),(?=\d{3}(?!\d))")]
    private static partial Regex Thousands();

    // "15th"; six digits are more than anyone says in one word
    [GeneratedRegex(@"\b(\d{1,6})(?:st|nd|rd|th)\b")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"(?<=\d)\.(\d{1,6})")]
    private static partial Regex Decimals();

    [GeneratedRegex(@"\d{1,9}")]
    private static partial Regex Number();

    [GeneratedRegex(@"[A-Za-z']+")]
    private static partial Regex Word();
}
