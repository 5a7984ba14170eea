using System.Globalization;
using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>
/// English as an engine shall say it, where flite by itself would not: years ("1889," is a cardinal to it), "c. 1503", "73.7 × 92.1 cm",
/// "Ramesses II", "196 BC", marks outside ASCII (it reads bytes).
/// </summary>
internal static partial class EnglishText
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["mm"] = "millimeters", ["cm"] = "centimeters", ["m"] = "meters", ["km"] = "kilometers", ["ft"] = "feet", ["in."] = "inches",
        ["g"] = "grams", ["kg"] = "kilograms", ["lb"] = "pounds", ["lbs"] = "pounds", ["°C"] = "degrees Celsius",
        ["cm²"] = "square centimeters", ["m²"] = "square meters", ["km²"] = "square kilometers", ["km/h"] = "kilometers per hour",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["e.g."] = "for example", ["i.e."] = "that is", ["vs."] = "versus", ["approx."] = "approximately", ["etc."] = "et cetera",
        ["No."] = "number", ["no."] = "number", ["Nos."] = "numbers", ["Fig."] = "figure", ["fig."] = "figure", ["ca."] = "around", ["c."] = "around",
        ["fl."] = "active", ["r."] = "reigned",
    };

    private static readonly Dictionary<char, string> Marks = new()
    {
        ['’'] = "'", ['‘'] = "'", ['“'] = "", ['”'] = "", ['„'] = "", ['«'] = "", ['»'] = "", ['"'] = "", ['…'] = ",", ['—'] = ", ", ['–'] = ", ",
        ['·'] = " ", ['×'] = " by ", ['½'] = " and a half", ['&'] = " and ", ['+'] = " plus ", ['='] = " equals ", ['\u2011'] = "-", ['\u2212'] = "minus ",
    };

    /// <summary>Null when nothing is left to say.</summary>
    public static SpokenText? Prepare(string written)
    {
        var text = WrittenMarks.Remove(new SpokenText(written))
            .Replace(Abbreviation(), m => Abbreviations[m.Value])
            .Replace(CenturyShort(), "century")
            .Replace(YearRange(), m => $"{Year(m, 1)} to {Year(m, 2)}")
            .Replace(NumberRange(), " to ")
            .Replace(By(), " by ")
            .Replace(Unit(), m => $" {Units[m.Groups[1].Value]}")
            .Replace(Money(), m => $"{m.Groups[2].Value}{m.Groups[3].Value} {Currency(m.Groups[1].Value)}")
            .Replace(Regnal(), m => EnglishNumbers.Roman(m.Value) is { } n ? "the " + EnglishNumbers.Ordinal(n) : null)
            .Replace(Decade(), m => EnglishNumbers.Decade(int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
            .Replace(YearAlone(), m => Year(m, 0))
            .Replace(ShortYear(), m => EnglishNumbers.Year(int.Parse(m.ValueSpan, CultureInfo.InvariantCulture)))
            .Replace(Era(), m => string.Join(' ', m.Value.Where(char.IsAsciiLetter)))
            .Fold(c => Marks.TryGetValue(c, out var said) ? said : WrittenMarks.FoldLetter(c))
            .Fold(c => char.IsAscii(c) && !char.IsControl(c) ? c.ToString() : " ");
        return text.Text.Any(char.IsAsciiLetterOrDigit) ? text : null;
    }

    private static string Year(Match match, int group)
    {
        var digits = match.Groups[group].Value;
        // "1806–07": the second is written short.
        return digits.Length == 2 && digits[0] == '0' ? "oh " + EnglishNumbers.TwoDigits(digits[1] - '0')
            : EnglishNumbers.Year(int.Parse(digits, CultureInfo.InvariantCulture));
    }

    private static string Currency(string sign) => sign switch { "€" => "euros", "£" => "pounds", _ => "yen" };

    [GeneratedRegex(@"(?<![\w.])(e\.g\.|i\.e\.|vs\.|approx\.|etc\.(?=\s+\p{Ll})|[Nn]os?\.(?=\s*\d)|[Ff]ig\.(?=\s*\d)|ca?\.(?=\s*\d)|fl\.(?=\s*\d)|r\.(?=\s*\d))")]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"(?<=\d(st|nd|rd|th)\s)(c\.|cent\.)")]
    private static partial Regex CenturyShort();

    [GeneratedRegex(@"(?<![\d.,])(1\d{3}|20\d{2})\s?[–—-]\s?(\d{4}|\d{2})(?![\d]|[.,]\d)")]
    private static partial Regex YearRange();

    [GeneratedRegex(@"(?<=\d)\s?–\s?(?=\d)")]
    private static partial Regex NumberRange();

    [GeneratedRegex(@"(?<=\d\s?(?:mm|cm|m|km|ft|in\.)?)\s?[×xX]\s?(?=\d)")]
    private static partial Regex By();

    [GeneratedRegex(@"(?<=\d)\s?(km/h|km²|cm²|m²|mm|cm|km|kg|lbs?|ft|in\.|°C|m|g|%)(?![\w²])")]
    private static partial Regex Unit();

    [GeneratedRegex(@"([€£¥])\s?(\d[\d,]*(?:\.\d+)?)(\s(?:thousand|million|billion))?")]
    private static partial Regex Money();

    // "Louis XIV", "Elizabeth I", but not "World War II", which flite counts right.
    [GeneratedRegex(@"(?<=\b(?:Louis|Henry|Charles|George|Philip|Edward|Elizabeth|James|William|Francis|Frederick|Napoleon|Catherine|Peter|Ivan|Nicholas|Alexander|Ramesses|Ramses|Rameses|Ptolemy|Thutmose|Tuthmosis|Amenhotep|Amenemhat|Senusret|Seti|Sargon|Ashurnasirpal|Shalmaneser|Tiglath-Pileser|Nebuchadnezzar|Darius|Xerxes|Artaxerxes|Cyrus|Cambyses|Attalus|Eumenes|Antiochus|Demetrius|Seleucus|Julius|Leo|Pius|Paul|Sixtus|Clement|Urban|Innocent|Boniface|Gregory|Benedict|Alfonso|Ferdinand|Isabella|Leopold|Maximilian|Rudolf|Joseph|Wilhelm|Friedrich|Christian|Gustav|Mehmed|Selim|Murad|Cosimo|Lorenzo|Ludwig|Umberto)\s)[IVX]+\b(?!')")]
    private static partial Regex Regnal();

    [GeneratedRegex(@"(?<![\d.,])(1\d{2}0|20\d0)'?s\b")]
    private static partial Regex Decade();

    // "1500 statues" is said like the year, so only before units is it a count for certain.
    [GeneratedRegex(@"(?<![\d.,€£$¥#]|\bnumber )(1\d{3}|20\d{2})(?![\d%]|[.,]\d|\s(?:years|by|(?:\w+)?(?:meters|grams)|feet|inches|square|degrees|percent)\b)")]
    private static partial Regex YearAlone();

    // "196 BC", "AD 79"
    [GeneratedRegex(@"(?<![\d.,])[1-9]\d{2,3}(?=\s(?:BCE?|CE|AD)\b)")]
    private static partial Regex ShortYear();

    [GeneratedRegex(@"\b(?:BCE|BC|CE|AD)\b|\bB\.C\.(?:E\.)?|\bA\.D\.")]
    private static partial Regex Era();
}
