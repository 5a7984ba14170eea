using System.Globalization;
using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>Years digit by digit (1889年 is 一八八九年), spans of years as counts (距今3200年 is 三千二百年), days and times of the day.</summary>
internal static partial class ChineseDates
{
    public static SpokenText Write(SpokenText text) => text
        .Replace(Day(), m => $"{ChineseNumbers.Spell(m.Groups[1].ValueSpan)}年{int.Parse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture)}月{int.Parse(m.Groups[3].ValueSpan, CultureInfo.InvariantCulture)}日")
        .Replace(Lifetime(), m => $"{ChineseNumbers.Spell(m.Groups[1].ValueSpan)}至{ChineseNumbers.Spell(m.Groups[2].ValueSpan)}")
        .Replace(YearRange(), "$1年至$2年")
        .Replace(Clock(), m => $"{m.Groups[1].Value}点{(m.Groups[2].ValueSpan is "00" ? "" : m.Groups[2].Value[0] == '0' ? $"零{m.Groups[2].Value[1]}分" : $"{m.Groups[2].Value}分")}")
        .Replace(Year(), m => IsCalendar(m) ? ChineseNumbers.Spell(m.ValueSpan) : null);

    // "公元前196年" and "公元前1600年" are counted, "公元前1754年" and "公元868年" spelled.
    private static bool IsCalendar(Match year) =>
        int.Parse(year.ValueSpan, CultureInfo.InvariantCulture) <= 2100
        && (!year.Groups[1].Success || (year.Length == 4 && !year.ValueSpan.EndsWith("00", StringComparison.Ordinal)));

    // 1889-06-18, 1889/6/18, 1889.6.18
    [GeneratedRegex(@"(?<![\d./-])([12]\d{3})[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?![\d./-])")]
    private static partial Regex Day();

    // （1853—1890）
    [GeneratedRegex(@"(?<![\d.,])(1\d{3}|20\d{2})\s?[-–—~～至到]{1,2}\s?(1\d{3}|20\d{2})(?=\s?[）)，。；;,]|$)")]
    private static partial Regex Lifetime();

    [GeneratedRegex(@"(?<![\d.,])(\d{3,4})\s?年?\s?[-–—~～至到]\s?(\d{3,4})\s?年")]
    private static partial Regex YearRange();

    // 10:30; 1:100 is a scale.
    [GeneratedRegex(@"(?<![\d:：比])([01]?\d|2[0-4])[:：]([0-5]\d)(?![\d:：])")]
    private static partial Regex Clock();

    // "1000年前", "距今1800年" and "3200年" are spans of time.
    [GeneratedRegex(@"(?<![\d.,]|距今约?|历经|历时|长达|超过|已有)(?<=(公元前|前)?)\d{3,4}(?=\s?年(?!前|以|之|来|的历史|历史|间|左右|之久|后))")]
    private static partial Regex Year();
}
