namespace Museum.AudioService.Text;

/// <summary>Numbers as English says them.</summary>
internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Ordinals =
    [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    ];

    /// <summary>0–99.</summary>
    public static string TwoDigits(int n) => n < 20 ? Small[n] : n % 10 == 0 ? Tens[n / 10] : $"{Tens[n / 10]} {Small[n % 10]}";

    /// <summary>1889: eighteen eighty nine; 1503: fifteen oh three; 1900: nineteen hundred; 2000–2009: two thousand and …; 0–9999.</summary>
    public static string Year(int year) => (year / 100, year % 100) switch
    {
        (_, _) when year < 100 => TwoDigits(year),
        ( < 10, 0) => $"{Small[year / 100]} hundred",
        ( < 10, var rest) => $"{Small[year / 100]} {(rest < 10 ? "oh " : "")}{TwoDigits(rest)}",
        (10 or 20, 0) => $"{Small[year / 1000]} thousand",
        (20, < 10) => $"two thousand {Small[year % 100]}",
        (var century, 0) => $"{TwoDigits(century)} hundred",
        (var century, < 10) => $"{TwoDigits(century)} oh {Small[year % 100]}",
        var (century, rest) => $"{TwoDigits(century)} {TwoDigits(rest)}",
    };

    /// <summary>1890: eighteen nineties; 1900: nineteen hundreds; 90: nineties.</summary>
    public static string Decade(int year)
    {
        var said = Year(year);
        return said.EndsWith('y') ? said[..^1] + "ies" : said + "s";
    }

    /// <summary>1–99.</summary>
    public static string Ordinal(int n) => n switch
    {
        <= 12 => Ordinals[n],
        < 20 => Small[n] + "th",
        _ when n % 10 == 0 => Tens[n / 10][..^1] + "ieth",
        _ => $"{Tens[n / 10]} {Ordinals[n % 10]}",
    };

    /// <summary>1–3999 from Roman numerals; null when the letters are none.</summary>
    public static int? Roman(string letters)
    {
        var total = 0;
        for (var i = 0; i < letters.Length; i++)
        {
            var value = Value(letters[i]);
            if (value == 0)
            {
                return null;
            }

            total += i + 1 < letters.Length && Value(letters[i + 1]) > value ? -value : value;
        }

        return total is > 0 and < 4_000 ? total : null;

        static int Value(char letter) => letter switch { 'I' => 1, 'V' => 5, 'X' => 10, 'L' => 50, 'C' => 100, 'D' => 500, 'M' => 1_000, _ => 0 };
    }

    /// <summary>Digit by digit, as telephone numbers are said.</summary>
    public static string Spell(IEnumerable<char> digits) => string.Join(' ', digits.Select(d => d == '0' ? "oh" : Small[d - '0']));
}
