using System.Globalization;
using System.Text;

namespace Museum.AudioService.Text;

/// <summary>Numbers as Mandarin says them.</summary>
internal static class ChineseNumbers
{
    private const string Digits = "零一二三四五六七八九";
    private static readonly string[] Places = ["", "十", "百", "千"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿"];

    /// <summary>Digit by digit, as years and numbers of rooms are read: 1889 is 一八八九.</summary>
    public static string Spell(ReadOnlySpan<char> digits)
    {
        var said = new StringBuilder(digits.Length);
        foreach (var digit in digits)
        {
            said.Append(Digits[digit - '0']);
        }

        return said.ToString();
    }

    /// <summary>As a count: 73.7 is 七十三点七, 1,006 is 一千零六. Digit by digit when it is too long for a count or starts with 0.</summary>
    public static string Count(string number)
    {
        var plain = number.Replace(",", "", StringComparison.Ordinal).Replace("，", "", StringComparison.Ordinal);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? plain : plain[..point];
        var said = whole.Length > 16 || (whole.Length > 1 && whole[0] == '0')
            ? Spell(whole)
            : Whole(long.Parse(whole, CultureInfo.InvariantCulture));
        return point < 0 ? said : $"{said}点{Spell(plain.AsSpan(point + 1))}";
    }

    private static string Whole(long number)
    {
        if (number == 0)
        {
            return "零";
        }

        var said = "";
        for (var group = 0; number > 0; group++, number /= 10_000)
        {
            var four = (int)(number % 10_000);
            if (four > 0)
            {
                // 零 stands between groups where thousands are missing: 10,006 is 一万零六.
                var gap = four < 1_000 && number >= 10_000 ? "零" : "";
                said = gap + Four(four) + Groups[group] + said;
            }
            else if (said.Length > 0 && said[0] != '零')
            {
                said = "零" + said;
            }
        }

        return said.StartsWith("一十", StringComparison.Ordinal) ? said[1..]
            // 2,200 is 两千二百, but 12,000 一万二千 and 200 二百.
            : said.StartsWith("二千", StringComparison.Ordinal) || said.StartsWith("二万", StringComparison.Ordinal) || said.StartsWith("二亿", StringComparison.Ordinal) ? "两" + said[1..]
            : said;
    }

    private static string Four(int number)
    {
        var said = new StringBuilder();
        var zero = false;
        for (var place = 3; place >= 0; place--)
        {
            var digit = number / (int)Math.Pow(10, place) % 10;
            if (digit == 0)
            {
                zero = said.Length > 0;
                continue;
            }

            said.Append(zero ? "零" : "").Append(Digits[digit]).Append(Places[place]);
            zero = false;
        }

        return said.ToString();
    }
}
