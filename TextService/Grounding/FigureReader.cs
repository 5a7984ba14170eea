using System.Globalization;
using System.Text.RegularExpressions;

namespace Museum.TextService.Grounding;

/// <summary>
/// Reads the numbers of a text in English and Chinese:
/// <c>73.7 cm</c>, <c>119,922,500</c>, <c>two hundred and six</c>, <c>eighteen eighty-nine</c>, <c>the 1880s</c>, <c>nineteenth century</c>, <c>200万</c>,
/// <c>一百六十</c>, <c>十九世纪</c>.
/// </summary>
internal static partial class FigureReader
{
    private const int LeastClaimInWords = 10;

    // "approximately US$"
    private const int LongestAbout = 20;

    public static List<Figure> Of(string text)
    {
        var figures = new List<Figure>();
        foreach (Match m in Digits().Matches(text))
        {
            if (decimal.TryParse(m.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal).Replace("，", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                figures.Add(Of(value * Unit(m.Groups["unit"].Value), m, text, isClaim: true));
            }
        }

        foreach (Match m in SpokenYears().Matches(text))
        {
            figures.Add(Of((EnglishValue(m.Groups["hundreds"].Value) * 100) + EnglishValue(m.Groups["n"].Value + m.Groups["decade"].Value), m, text, isClaim: true));
        }

        // The years are read: as other numbers they would be sums. As many characters, so that places stay.
        var others = SpokenYears().Replace(text, m => new string('.', m.Length));
        foreach (Match m in EnglishWords().Matches(others))
        {
            var value = EnglishValue(m.Groups["n"].Value);
            figures.Add(Of(value, m, text, value >= LeastClaimInWords || m.Groups["century"].Success));
        }

        foreach (Match m in ChineseWords().Matches(text))
        {
            if (ChineseNumeral.Value(m.Groups["n"].Value, m.Groups["year"].Success) is { } value)
            {
                figures.Add(Of(value, m, text, value >= LeastClaimInWords || m.Groups["century"].Success));
            }
        }

        return figures;
    }

    private static Figure Of(decimal value, Match m, string text, bool isClaim) =>
        new(value, m.Groups["century"].Success ? FigureKind.Century : m.Groups["decade"].Success ? FigureKind.Decade : FigureKind.Plain, isClaim)
        {
            IsAbout = About().IsMatch(text.AsSpan(Math.Max(0, m.Index - LongestAbout), Math.Min(m.Index, LongestAbout))),
        };

    private static decimal Unit(string unit) => unit.ToLowerInvariant() switch
    {
        "hundred" or "百" => 100,
        "thousand" or "千" => 1_000,
        "万" => 10_000,
        "million" => 1_000_000,
        "亿" => 100_000_000,
        "billion" => 1_000_000_000,
        _ => 1,
    };

    // "two hundred and six": what stands before a hundred multiplies it, what follows is added.
    private static decimal EnglishValue(string words)
    {
        var (sum, part) = (0m, 0m);
        foreach (var word in words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            var index = Array.IndexOf(Small, word) is var at and >= 0 ? at : Array.IndexOf(Ordinals, word);
            if (index >= 0)
            {
                part += index;
            }
            else if (Array.IndexOf(Tens, word) is var ten and >= 0 || (ten = Array.IndexOf(TenOrdinals, word)) >= 0 || (ten = Array.IndexOf(Decades, word)) >= 0)
            {
                part += (ten + 2) * 10;
            }
            else if (word == "hundred")
            {
                part = Math.Max(1, part) * 100;
            }
            else if (word is "thousand" or "million" or "billion")
            {
                sum += Math.Max(1, part) * Unit(word);
                part = 0;
            }
        }

        return sum + part;
    }

    private static readonly string[] Small =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Ordinals =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] TenOrdinals = ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];

    private static readonly string[] Decades = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

    private const string Digit = "(?:one|two|three|four|five|six|seven|eight|nine)";
    private const string Teen = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";

    private const string Word =
        "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
        + "|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
        + "|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundred|thousand|million|billion)";

    [GeneratedRegex(@"(?<![A-Za-z0-9.])(?<n>\d+(?:[,，]\d{3})*(?:\.\d+)?)(?:\s*(?<unit>hundred|thousand|million|billion|百|千|万|亿)\b?|(?:st|nd|rd|th)?[\s-]*(?<century>centur(?:y|ies)|世纪)|(?<decade>s\b|年代))?", RegexOptions.IgnoreCase)]
    private static partial Regex Digits();

    // eighteen eighty-nine, nineteen oh five, the eighteen eighties
    [GeneratedRegex(
        @"\b(?<hundreds>" + Teen + @"|twenty)[\s-]+(?:(?<n>" + Teen + @"|(?:oh|o)[\s-]" + Digit + @"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]" + Digit + @")?)"
        + "|(?<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))" + @"\b(?![\s-]+(?:hundred|thousand|million|billion)\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex SpokenYears();

    [GeneratedRegex(@"(?:\b(?:about|around|nearly|almost|roughly|approximately|some|over|under|close to|more than|less than)\s+(?:a\s+)?(?:(?:US)?[$€£]\s?)?|约|近|大约|差不多|超过)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex About();

    // Of "120 million" the word is the number's unit.
    [GeneratedRegex(@"\b(?!(?<=\d\s?)(?:hundred|thousand|million|billion)\b)(?<n>" + Word + @"(?:(?:\s+and)?[\s-]+" + Word + @")*)\b(?:[\s-]*(?<century>centur(?:y|ies)))?", RegexOptions.IgnoreCase)]
    private static partial Regex EnglishWords();

    // No numbers: 几十, 十几, 万一, 十分, 十足, 十字, 十全十美.
    [GeneratedRegex(@"(?<![几数])(?!万一|十(?:分(?!钟|之)|足|字|全|美|佳|几|多|余))(?<n>[零〇一二两三四五六七八九十百千万亿]+)(?:(?<century>世纪)|(?<decade>年代)|(?<year>年))?")]
    private static partial Regex ChineseWords();
}
