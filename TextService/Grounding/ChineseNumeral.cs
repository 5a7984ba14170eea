namespace Museum.TextService.Grounding;

/// <summary>Reads 一百六十, 两万, 一八八九.</summary>
internal static class ChineseNumeral
{
    private const string Digits = "零一二三四五六七八九";
    private const string Units = "十百千万亿";

    /// <param name="text">Of these characters only.</param>
    /// <param name="isYear">Followed by 年: digits in a row are one number, as in 一八八九年.</param>
    /// <returns>Null: no number, as 千万 ("by all means") and 一一.</returns>
    public static decimal? Value(string text, bool isYear)
    {
        var plain = text.Replace('〇', '零').Replace('两', '二');
        if (!plain.Any(Units.Contains))
        {
            // A single digit, or a year.
            return plain.Length == 1 || (isYear && plain.Length is 3 or 4) ? plain.Aggregate(0m, (value, c) => (value * 10) + Digits.IndexOf(c, StringComparison.Ordinal)) : null;
        }

        if (!plain.Any(c => Digits.IndexOf(c, StringComparison.Ordinal) > 0) && plain != "十")
        {
            return null;
        }

        var (sum, section, digit) = (0m, 0m, 0m);
        foreach (var c in plain)
        {
            if (Digits.IndexOf(c, StringComparison.Ordinal) is var value and >= 0)
            {
                digit = value;
                continue;
            }

            if (c is '万' or '亿')
            {
                sum += (section + digit) * (c == '万' ? 10_000 : 100_000_000);
                (section, digit) = (0, 0);
            }
            else
            {
                section += Math.Max(1, digit) * (c == '十' ? 10 : c == '百' ? 100 : 1_000);
                digit = 0;
            }
        }

        return sum + section + digit;
    }
}
