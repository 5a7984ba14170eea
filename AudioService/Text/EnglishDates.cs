using System.Globalization;
using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>Days, years, decades, centuries, eras and times of the day, written out.</summary>
internal static partial class EnglishDates
{
    private const string Months = "January|February|March|April|May|June|July|August|September|October|November|December";
    private const string Eras = @"(?:BCE|BC|CE|AD|B\.C\.(?:E\.)?|A\.D\.)";

    private static readonly string[] MonthNames = Months.Split('|');

    public static SpokenText Write(SpokenText text) => text
        .Replace(Iso(), m => $"{MonthNames[Number(m, 2) - 1]} {EnglishNumbers.Ordinal(Number(m, 3))}, {EnglishNumbers.Year(Number(m, 1))}")
        .Replace(ShortMonth(), m => MonthNames.First(name => name.StartsWith(m.Groups[1].Value[..3], StringComparison.Ordinal)))
        .Replace(DaysOfMonth(), m => $"the {EnglishNumbers.Ordinal(Number(m, 1))} to the {EnglishNumbers.Ordinal(Number(m, 2))} of ")
        .Replace(DayMonth(), m => $"{(m.Groups[1].Success ? m.Groups[1].Value : "the ")}{EnglishNumbers.Ordinal(Number(m, 2))} of {m.Groups[3].Value}{YearAfter(m)}")
        .Replace(MonthDay(), m => $"{m.Groups[1].Value} {EnglishNumbers.Ordinal(Number(m, 2))}{YearAfter(m)}")
        .Replace(ClockRange(), " to ")
        .Replace(Clock(), m => Time(Number(m, 1), Number(m, 2)))
        .Replace(HalfDay(), m => $" {char.ToUpperInvariant(m.Value.First(char.IsAsciiLetter))} M")
        .Replace(Century(), m => (m.Groups[1].Value.Length == 0 ? "" : " ") + "century")
        .Replace(EraRange(), m => $"{EraYear(m, 1)} to {EraYear(m, 2)}")
        .Replace(YearRange(), m => $"{Year(m, 1)} to {Year(m, 2)}")
        .Replace(Decade(), m => EnglishNumbers.Decade(Number(m, 1)))
        .Replace(ShortDecade(), m => EnglishNumbers.Decade(Number(m, 1)))
        .Replace(EraYear(), m => EraYear(m, 0))
        .Replace(YearAlone(), m => Year(m, 0))
        .Replace(Era(), m => string.Join(' ', m.Value.Where(char.IsAsciiLetter)));

    // The year of a date is one, also where it could be a count: "11 May 868", "4 July 1776".
    private static string YearAfter(Match date) => date.Groups["year"].Success
        ? $"{date.Groups["gap"].Value}{EnglishNumbers.Year(int.Parse(date.Groups["year"].ValueSpan, CultureInfo.InvariantCulture))}"
        : "";

    private static string Year(Match match, int group)
    {
        var digits = match.Groups[group].Value;
        // "1806–07": the second is written short.
        return digits.Length == 2 && digits[0] == '0' ? "oh " + EnglishNumbers.TwoDigits(digits[1] - '0') : EnglishNumbers.Year(Number(match, group));
    }

    private static string EraYear(Match match, int group) => Number(match, group) is >= 100 and <= 2100 and var year ? EnglishNumbers.Year(year) : match.Groups[group].Value;

    private static string Time(int hour, int minute) => minute switch
    {
        0 when hour <= 12 => $"{EnglishNumbers.TwoDigits(hour)} o'clock",
        0 => $"{EnglishNumbers.TwoDigits(hour)} hundred hours",
        < 10 => $"{EnglishNumbers.TwoDigits(hour)} oh {EnglishNumbers.TwoDigits(minute)}",
        _ => $"{EnglishNumbers.TwoDigits(hour)} {EnglishNumbers.TwoDigits(minute)}",
    };

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // 1889-06-18
    [GeneratedRegex(@"(?<![\d-])([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\d-])")]
    private static partial Regex Iso();

    // "Sept. 1889", "14 Dec.", "Jan. 6"
    [GeneratedRegex(@"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s+\d)|(?<=\d\s)(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.")]
    private static partial Regex ShortMonth();

    // "14–16 May"
    [GeneratedRegex(@"(?<![\d.,])\b(\d{1,2})\s?[–-]\s?(\d{1,2})\s(?=(?:" + Months + @")\b)")]
    private static partial Regex DaysOfMonth();

    // "17 December 1903", "the 17th December"
    [GeneratedRegex(@"(?<![\d.,–-])(\bthe\s)?\b(\d{1,2})(?:st|nd|rd|th)?\s(" + Months + @")\b(?:(?<gap>,?\s)(?<year>\d{3,4})\b(?![\d,.]\d))?")]
    private static partial Regex DayMonth();

    // "December 17, 1903", "July 4"
    [GeneratedRegex(@"\b(" + Months + @")\s(\d{1,2})(?:st|nd|rd|th)?\b(?!:|\s?[ap]\.?m|[.,]\d)(?:(?<gap>,\s)(?<year>\d{3,4})\b(?![\d,.]\d))?")]
    private static partial Regex MonthDay();

    [GeneratedRegex(@"(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])")]
    private static partial Regex Clock();

    // "9:00–17:00"
    [GeneratedRegex(@"(?<=\d:\d\d)\s?[–-]\s?(?=\d{1,2}:\d\d)")]
    private static partial Regex ClockRange();

    // "9 a.m.", "5pm"
    [GeneratedRegex(@"\b[ap]\.m\.(?!\w)|(?<=\d\s?|o'clock\s)[ap]m\b")]
    private static partial Regex HalfDay();

    // "the 5th c. BC", "15th cent."
    [GeneratedRegex(@"(?<=\d(?:st|nd|rd|th))(\s?)(?:c\.|cent\.)")]
    private static partial Regex Century();

    // "447–432 BC", "about 1755 to 1750 BC"
    [GeneratedRegex(@"(?<![\d.,])(\d{1,4})\s?(?:[–—-]|to|or|and)\s?(\d{1,4})(?=\s" + Eras + ")")]
    private static partial Regex EraRange();

    [GeneratedRegex(@"(?<![\d.,/])(1\d{3}|20\d{2})\s?[–—/-]\s?(\d{4}|\d{2})(?![\d]|[.,/–-]\d)")]
    private static partial Regex YearRange();

    [GeneratedRegex(@"(?<![\d.,])(1\d{2}0|20\d0)['’]?s\b")]
    private static partial Regex Decade();

    // "the '90s"
    [GeneratedRegex(@"(?<![\w’'])['’‘]([2-9]0)s\b")]
    private static partial Regex ShortDecade();

    // "196 BC"; "AD 79" is read by any engine.
    [GeneratedRegex(@"(?<![\d.,])[1-9]\d{2,3}(?=\s" + Eras + @")|(?<=\b(?:AD|A\.D\.)\s)[1-9]\d{2,3}\b")]
    private static partial Regex EraYear();

    // "1500 statues" is said like the year, so only before units is it a count for certain.
    [GeneratedRegex(@"(?<![\d.,€£$¥#/:]|\bnumber |\+)(1\d{3}|20\d{2})(?![\d%:/]|[.,]\d|\s?(?:mm|cm|k?m|k?g|t|lbs?|oz|ft|mi|ha|hp|kW|Hz|°[CF]?)(?!\w)|\s(?:years|by|(?:\w+)?(?:meters|metres|grams|tonnes)|feet|inches|square|degrees|percent|dollars|pounds|euros|people|pieces|objects|visitors)\b)")]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"\b(?:BCE|BC|CE|AD)\b|\bB\.C\.(?:E\.)?|\bA\.D\.")]
    private static partial Regex Era();
}
