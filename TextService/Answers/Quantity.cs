using System.Globalization;
using System.Text.RegularExpressions;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Reads from a text what can be compared: a year (before Christ below 0), a length in metres, a weight in kilograms.</summary>
internal static partial class Quantity
{
    public static double? Of(QuestionKind kind, string text) => kind switch
    {
        QuestionKind.WhenMade or QuestionKind.When => YearOf(text),
        QuestionKind.Size => Measured(Length().Match(text)),
        QuestionKind.Weight => Measured(Weight().Match(text)),
        _ => null,
    };

    private static double? YearOf(string text)
    {
        var match = Year().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = Number(match.Groups["n"].Value);
        var before = match.Groups["bc"].Success;
        // A century is its middle.
        var year = match.Groups["century"].Success ? ((number - 1) * 100) + 50 : number;
        return match.Groups["ago"].Success ? -number * (match.Groups["wan"].Success ? 10_000 : 1) : before ? -year : year;
    }

    private static double? Measured(Match match) =>
        !match.Success ? null : Number(match.Groups["n"].Value) * match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "厘米" or "centimetres" or "centimeters" or "cm" => 0.01,
            "毫米" or "millimetres" or "mm" => 0.001,
            "吨" or "tonnes" or "tons" => 1000,
            "克" or "grams" => 0.001,
            "克拉" or "carats" => 0.0002,
            _ => 1,
        };

    private static double Number(string digits) => double.Parse(digits.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<bc>公元前|前)?约?(?<n>\d+(?:\.\d+)?)(?:(?<wan>万)?(?<ago>年前)|(?<century>世纪|(?:st|nd|rd|th) century)|年|\b)(?:\s*(?<bc>BC))?")]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<n>\d[\d,]*(?:\.\d+)?)\s*(?<unit>厘米|毫米|米|centimetres|centimeters|millimetres|metres|meters|cm|mm|m)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Length();

    [GeneratedRegex(@"(?<n>\d[\d,]*(?:\.\d+)?)\s*(?<unit>公斤|千克|克拉|克|吨|kilograms|kilos|grams|tonnes|tons|carats|kg)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Weight();
}
