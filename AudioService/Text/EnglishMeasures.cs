using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>Units, money, fractions, ranges and products, written out.</summary>
internal static partial class EnglishMeasures
{
    private static readonly Dictionary<string, (string One, string Many)> Units = new(StringComparer.Ordinal)
    {
        ["mm"] = ("millimeter", "millimeters"), ["cm"] = ("centimeter", "centimeters"), ["m"] = ("meter", "meters"), ["km"] = ("kilometer", "kilometers"),
        ["ft"] = ("foot", "feet"), ["in."] = ("inch", "inches"), ["yd"] = ("yard", "yards"), ["mi"] = ("mile", "miles"),
        ["mg"] = ("milligram", "milligrams"), ["g"] = ("gram", "grams"), ["kg"] = ("kilogram", "kilograms"), ["t"] = ("ton", "tons"),
        ["lb"] = ("pound", "pounds"), ["lbs"] = ("pound", "pounds"), ["oz"] = ("ounce", "ounces"), ["ml"] = ("milliliter", "milliliters"), ["l"] = ("liter", "liters"),
        ["cm²"] = ("square centimeter", "square centimeters"), ["m²"] = ("square meter", "square meters"), ["km²"] = ("square kilometer", "square kilometers"),
        ["cm³"] = ("cubic centimeter", "cubic centimeters"), ["m³"] = ("cubic meter", "cubic meters"), ["ha"] = ("hectare", "hectares"),
        ["km/h"] = ("kilometer per hour", "kilometers per hour"), ["mph"] = ("mile per hour", "miles per hour"), ["m/s"] = ("meter per second", "meters per second"),
        ["°C"] = ("degree Celsius", "degrees Celsius"), ["°F"] = ("degree Fahrenheit", "degrees Fahrenheit"), ["°"] = ("degree", "degrees"),
        ["%"] = ("percent", "percent"), ["kW"] = ("kilowatt", "kilowatts"), ["hp"] = ("horsepower", "horsepower"), ["Hz"] = ("hertz", "hertz"),
    };

    private static readonly Dictionary<string, (string One, string Many)> Currencies = new(StringComparer.Ordinal)
    {
        ["$"] = ("dollar", "dollars"), ["US$"] = ("dollar", "dollars"), ["USD"] = ("dollar", "dollars"), ["€"] = ("euro", "euros"), ["EUR"] = ("euro", "euros"),
        ["£"] = ("pound", "pounds"), ["GBP"] = ("pound", "pounds"), ["¥"] = ("yen", "yen"), ["JPY"] = ("yen", "yen"), ["RMB"] = ("yuan", "yuan"), ["CNY"] = ("yuan", "yuan"), ["CHF"] = ("franc", "francs"),
    };

    private static readonly Dictionary<char, string> Fractions = new()
    {
        ['½'] = "half", ['¼'] = "quarter", ['¾'] = "three quarters", ['⅓'] = "third", ['⅔'] = "two thirds", ['⅛'] = "eighth", ['⅜'] = "three eighths",
    };

    public static SpokenText Write(SpokenText text) => text
        .Replace(By(), " by ")
        .Replace(OrdinalRange(), " to ")
        .Replace(Unit(), m => (m.Groups[1].ValueSpan is "-" ? "-" : " ") + (IsOne(m) || m.Groups[1].ValueSpan is "-" ? Units[m.Groups[2].Value].One : Units[m.Groups[2].Value].Many))
        .Replace(Money(), m => Amount(Currencies[m.Groups[1].Value], m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value))
        .Replace(MoneyAfter(), m => Amount(Currencies[m.Groups[4].Value], m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))
        .Replace(MixedFraction(), m => $" and {Fraction(m.Groups[1].Value[0] - '0', m.Groups[2].Value, after: true)}")
        .Replace(PlainFraction(), m => Fraction(m.Groups[1].Value[0] - '0', m.Groups[2].Value, after: false))
        .Replace(FractionMark(), m => MarkedFraction(m.Value[^1], char.IsDigit(m.Value[0]) ? m.Value[..^1].TrimEnd() : null))
        .Replace(NumberRange(), " to ")
        .Replace(Ordinal(), m => EnglishNumbers.Ordinal(int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));

    // "$2.50" is 2 dollars 50, "$2.5 million" 2.5 million dollars.
    private static string Amount((string One, string Many) currency, string whole, string cents, string scale) =>
        scale.Length > 0 ? $"{whole}{(cents.Length > 0 ? "." + cents : "")}{scale} {currency.Many}"
        : $"{whole} {(whole == "1" ? currency.One : currency.Many)}{(cents.Length > 0 && cents.Trim('0').Length > 0 ? " " + cents : "")}";

    private static string Fraction(int count, string denominator, bool after)
    {
        var name = denominator switch { "2" => "half", "4" => "quarter", var other => EnglishNumbers.Ordinal(int.Parse(other, System.Globalization.CultureInfo.InvariantCulture)) };
        var one = after ? (denominator == "8" ? "an" : "a") : "one";
        return count == 1 ? $"{one} {name}" : $"{EnglishNumbers.TwoDigits(count)} {name}s";
    }

    private static string MarkedFraction(char mark, string? whole)
    {
        var name = Fractions[mark];
        var said = name.Contains(' ', StringComparison.Ordinal) ? name : mark == '⅛' ? "an " + name : "a " + name;
        return whole is null ? said : $"{whole} and {said}";
    }

    private static bool IsOne(Match unit) => unit.Groups["one"].Success;

    [GeneratedRegex(@"(?<=\d\s?(?:mm|cm|m|km|ft|in\.)?)\s?[×xX]\s?(?=\d)")]
    private static partial Regex By();

    // "16th–17th"
    [GeneratedRegex(@"(?<=\d(?:st|nd|rd|th))\s?[–—-]\s?(?=\d{1,2}(?:st|nd|rd|th))")]
    private static partial Regex OrdinalRange();

    [GeneratedRegex(@"(?:(?<=(?<![\d.,])(?<one>1))|(?<=\d))([\s-]?)(km/h|km²|cm²|m²|cm³|m³|m/s|mph|mm|cm|km|kg|mg|ml|lbs?|oz|ft|in\.|yd|mi|ha|kW|hp|Hz|°C|°F|°|m|g|t|l|%)(?![\w²³/°'’])")]
    private static partial Regex Unit();

    [GeneratedRegex(@"(US\$|[€£¥$]|\b(?:EUR|USD|GBP|CHF|RMB|CNY|JPY)(?=\s))\s?(\d[\d,]*)(?:\.(\d+))?(\s(?:thousand|million|billion|trillion))?(?!\d)")]
    private static partial Regex Money();

    [GeneratedRegex(@"(?<![\d.,])(\d[\d,]*)(?:\.(\d+))?(\s(?:thousand|million|billion|trillion))?\s?(€|£|EUR\b|USD\b|GBP\b|CHF\b|RMB\b|CNY\b|JPY\b)")]
    private static partial Regex MoneyAfter();

    // "2 1/2"
    [GeneratedRegex(@"(?<=\d)[\s-]([1-9])/([2-9]|10)(?![\d/])")]
    private static partial Regex MixedFraction();

    [GeneratedRegex(@"(?<![\d/.,])([1-9])/([2-9]|10)(?![\d/])(?<=1/.*|[2-9]/[3-9]|[2-9]/10)")]
    private static partial Regex PlainFraction();

    [GeneratedRegex(@"(?:\d+\s?)?[½¼¾⅓⅔⅛⅜]")]
    private static partial Regex FractionMark();

    [GeneratedRegex(@"(?<=\d)\s?–\s?(?=\d)|(?<=(?<![\d–-])\d{1,3})-(?=\d{1,3}(?![\d-]))")]
    private static partial Regex NumberRange();

    [GeneratedRegex(@"(?<![\d.,])([1-9]\d?)(?:st|nd|rd|th)\b")]
    private static partial Regex Ordinal();
}
