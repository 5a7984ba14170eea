using System.Globalization;
using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>
/// Mandarin as an engine shall say it: 1889年 is 一八八九年, 73.7厘米 is 七十三点七厘米, book titles without their marks, and the
/// readings of characters that have several.
/// </summary>
internal static partial class ChineseText
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mm"] = "毫米", ["cm"] = "厘米", ["m"] = "米", ["km"] = "公里", ["g"] = "克", ["kg"] = "公斤", ["t"] = "吨",
        ["cm²"] = "平方厘米", ["m²"] = "平方米", ["km²"] = "平方公里", ["°C"] = "摄氏度", ["℃"] = "摄氏度",
    };

    private static readonly Dictionary<char, string> Marks = new()
    {
        // Quotation and title marks would be pauses of 0.1 s each.
        ['《'] = "", ['》'] = "", ['〈'] = "", ['〉'] = "", ['「'] = "", ['」'] = "", ['『'] = "", ['』'] = "", ['“'] = "", ['”'] = "",
        ['‘'] = "", ['’'] = "'", ['【'] = "", ['】'] = "", ['"'] = "", ['·'] = "", ['・'] = "", ['•'] = "",
        ['（'] = "，", ['）'] = "，", ['('] = "，", [')'] = "，", ['—'] = "，", ['–'] = "，", ['…'] = "，", ['～'] = "到", ['~'] = "到",
        ['&'] = "和", ['+'] = "加", ['='] = "等于", ['\u3000'] = " ",
    };

    /// <summary>Null when nothing is left to say.</summary>
    public static SpokenText? Prepare(string written)
    {
        var text = WrittenMarks.Remove(new SpokenText(written))
            .Replace(YearRange(), "$1年至$2年")
            .Replace(Range(), "到")
            .Replace(Year(), m => Calendar(m) ? ChineseNumbers.Spell(m.ValueSpan) : null)
            .Replace(Percent(), m => "百分之" + ChineseNumbers.Count(m.Groups[1].Value))
            .Replace(Times(), "乘")
            .Replace(Unit(), m => Units[m.Groups[1].Value])
            .Replace(Two(), "两")
            .Replace(Number(), m => ChineseNumbers.Count(m.Value))
            .Fold(c => Marks.TryGetValue(c, out var said) ? said : c.ToString())
            .Replace(Commas(), "$1");
        return text.Text.Any(char.IsLetterOrDigit) ? text : null;
    }

    // "1000年前" and "3200年" are spans of time, "1889年" is a date; "公元前196年" is counted.
    private static bool Calendar(Match year) =>
        int.Parse(year.ValueSpan, CultureInfo.InvariantCulture) <= 2100 && (year.Length == 4 || !year.Groups[1].Success);

    [GeneratedRegex(@"(?<![\d.,])(\d{3,4})\s?年?\s?[-–—~～至到]\s?(\d{3,4})\s?年")]
    private static partial Regex YearRange();

    [GeneratedRegex(@"(?<=\d|世纪|年)\s?[-–—~～]{1,2}\s?(?=\d)")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<![\d.,])(?<=(公元前|前)?)\d{3,4}(?=\s?年(?!前|以|之|来|的历史|历史|间|左右|之久))")]
    private static partial Regex Year();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)\s?[%％]")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?<=[\d米]|[cm]m)\s?[×xX＊*]\s?(?=\d)")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<=\d)\s?(cm²|m²|km²|mm|cm|km|kg|°C|℃|m|g|t)(?![A-Za-z²])", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    // 两 counts things, 二 is the number: 2米 is 两米, but 2世纪 is 二世纪.
    [GeneratedRegex(@"(?<![\d.,第年月])2(?=\s?(?:个|件|座|位|名|次|种|幅|尊|只|匹|吨|天|层|块|条|张|米|厘米|公里|公斤|千|万|亿|岁|部|卷|把|面|组|对|年(?!代)|小时|分钟))")]
    private static partial Regex Two();

    [GeneratedRegex(@"\d+(?:[,，]\d{3})*(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[，、\s]+|[，、\s]+$|([，。！？；：、])[，、]+|[，、]+(?=[，。！？；：])")]
    private static partial Regex Commas();
}
