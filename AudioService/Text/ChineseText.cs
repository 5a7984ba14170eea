using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>
/// Mandarin as an engine shall say it: 1889年 is 一八八九年, 73.7厘米 is 七十三点七厘米, $5 五美元, book titles without their marks.
/// <code>marks ─► telephone numbers ─► dates ─► money, fractions, units ─► numbers ─► punctuation</code>
/// </summary>
internal static partial class ChineseText
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mm"] = "毫米", ["cm"] = "厘米", ["m"] = "米", ["km"] = "公里", ["g"] = "克", ["kg"] = "公斤", ["mg"] = "毫克", ["t"] = "吨", ["ml"] = "毫升", ["l"] = "升",
        ["cm²"] = "平方厘米", ["m²"] = "平方米", ["km²"] = "平方公里", ["㎡"] = "平方米", ["m³"] = "立方米", ["cm³"] = "立方厘米", ["ha"] = "公顷", ["km/h"] = "公里每小时",
        ["°C"] = "摄氏度", ["℃"] = "摄氏度", ["°F"] = "华氏度", ["°"] = "度", ["in"] = "英寸", ["ft"] = "英尺", ["kW"] = "千瓦", ["hz"] = "赫兹",
    };

    private static readonly Dictionary<string, string> Currencies = new() { ["$"] = "美元", ["US$"] = "美元", ["€"] = "欧元", ["£"] = "英镑", ["¥"] = "元", ["￥"] = "元", ["HK$"] = "港元" };

    private static readonly Dictionary<char, string> Marks = new()
    {
        // Quotation and title marks would be pauses of 0.1 s each.
        ['《'] = "", ['》'] = "", ['〈'] = "", ['〉'] = "", ['「'] = "", ['」'] = "", ['『'] = "", ['』'] = "", ['“'] = "", ['”'] = "",
        ['‘'] = "", ['’'] = "'", ['【'] = "", ['】'] = "", ['"'] = "", ['·'] = "", ['・'] = "", ['•'] = "", ['‧'] = "",
        ['（'] = "，", ['）'] = "，", ['('] = "，", [')'] = "，", ['—'] = "，", ['–'] = "，", ['…'] = "，", ['～'] = "到", ['~'] = "到",
        ['&'] = "和", ['+'] = "加", ['='] = "等于", ['\u3000'] = " ", ['½'] = "二分之一", ['¼'] = "四分之一", ['¾'] = "四分之三", ['⅓'] = "三分之一", ['⅔'] = "三分之二",
    };

    /// <summary>Null when nothing is left to say.</summary>
    public static SpokenText? Prepare(string written)
    {
        var text = ChineseDates.Write(WrittenMarks.Remove(new SpokenText(written)).Replace(Telephone(), m => Telephone(m.Value)))
            .Replace(Range(), "到")
            .Replace(Money(), m => m.Groups[2].Value + m.Groups[3].Value + Currencies[m.Groups[1].Value])
            .Replace(Percent(), m => "百分之" + ChineseNumbers.Count(m.Groups[1].Value))
            .Replace(Permille(), m => "千分之" + ChineseNumbers.Count(m.Groups[1].Value))
            .Replace(Fraction(), m => $"{ChineseNumbers.Count(m.Groups[2].Value)}分之{ChineseNumbers.Count(m.Groups[1].Value)}")
            .Replace(Times(), "乘")
            .Replace(BelowZero(), "零下")
            .Replace(Minus(), "负")
            .Replace(Unit(), m => Units[m.Groups[1].Value])
            .Replace(Scale(), "比")
            .Replace(NumberSign(), "$1号")
            .Replace(Roman(), m => EnglishNumbers.Roman(m.Value) is { } n ? ChineseNumbers.Count(n.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null)
            .Replace(Room(), m => ChineseNumbers.Spell(m.ValueSpan))
            .Replace(Two(), "两")
            .Replace(Number(), m => ChineseNumbers.Count(m.Value))
            .Fold(c => Marks.TryGetValue(c, out var said) ? said : c.ToString())
            .Replace(Commas(), "$1");
        return text.Text.Any(char.IsLetterOrDigit) ? text : null;
    }

    // On the telephone 一 is 幺, which nobody takes for 七.
    private static string Telephone(string number) => string.Join('，', Digits().Matches(number).Select(m => ChineseNumbers.Spell(m.ValueSpan).Replace('一', '幺')));

    // 010-12345678, 138 0013 8000, 13800138000, 400-810-8888
    [GeneratedRegex(@"(?<![\d.,:-])(?:0\d{2,3}[- ]?\d{7,8}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|400[- ]\d{3,4}[- ]\d{3,4})(?![\d.,年])")]
    private static partial Regex Telephone();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<=\d|世纪|年|分|点|厘米|米|cm|m)\s?[-–—~～]{1,2}\s?(?=\d)")]
    private static partial Regex Range();

    [GeneratedRegex(@"(US\$|HK\$|[$€£¥￥])\s?(\d[\d,]*(?:\.\d+)?)([万亿]*)")]
    private static partial Regex Money();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)\s?[%％]")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)\s?‰")]
    private static partial Regex Permille();

    [GeneratedRegex(@"(?<![\d/.])(\d{1,2})/(\d{1,3})(?![\d/.])")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"(?<=[\d米]|[cm]m)\s?[×xX＊*]\s?(?=\d)")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<![\d\w])[-−－](?=\d+(?:\.\d+)?\s?(?:°C|℃|度|摄氏度))")]
    private static partial Regex BelowZero();

    [GeneratedRegex(@"(?<![\dA-Za-z])[-−－](?=\d)")]
    private static partial Regex Minus();

    [GeneratedRegex(@"(?<=\d)\s?(cm²|m²|km²|㎡|cm³|m³|km/h|mm|cm|km|kg|mg|ml|ha|kW|hz|ft|in|°C|°F|℃|°|m|g|t|l)(?![A-Za-z²³/])", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"(?<=\d)\s?[:：]\s?(?=\d)")]
    private static partial Regex Scale();

    [GeneratedRegex(@"(?:\b[Nn][Oo]\.?\s?|#)(\d+)")]
    private static partial Regex NumberSign();

    // 伊丽莎白II世, 第IV章
    [GeneratedRegex(@"(?<=[\u4e00-\u9fff])[IVX]+(?=[世章部幕卷期号]|[，。）]|$)")]
    private static partial Regex Roman();

    [GeneratedRegex(@"(?<![\d.,])\d{3,4}(?=\s?(?:室|号展厅|号房|房间|展室|次列车|路公交))")]
    private static partial Regex Room();

    // 两 counts things, 二 is the number: 2米 is 两米, but 2世纪 is 二世纪 and 2月 二月.
    [GeneratedRegex(@"(?<![\d.,第年月])2(?=\s?(?:个|件|座|位|名|次|种|幅|尊|只|匹|吨|天|层|块|条|张|米|厘米|毫米|平方|立方|公里|公斤|克|千|万|亿|岁|部|卷|把|面|组|对|页|片|根|枚|颗|口|头|艘|辆|架|台|扇|道|排|间|套|本|首|人|倍|年(?!代)|小时|分钟|点|美元|元|欧元|英镑))(?!\s?点\d)")]
    private static partial Regex Two();

    [GeneratedRegex(@"\d+(?:[,，]\d{3})*(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[，、\s]+|[，、\s]+$|([，。！？；：、])[，、]+|[，、]+(?=[，。！？；：])")]
    private static partial Regex Commas();
}
