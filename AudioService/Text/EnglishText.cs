using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>
/// English as an engine shall say it, where flite by itself would not: years ("1889," is a cardinal to it), "c. 1503", "73.7 × 92.1 cm",
/// "Ramesses II", "J. M. W. Turner", marks outside ASCII (it reads bytes).
/// <code>marks ─► abbreviations ─► telephone numbers ─► Roman numerals ─► dates ─► measures ─► ASCII</code>
/// </summary>
internal static partial class EnglishText
{
    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["e.g."] = "for example", ["i.e."] = "that is", ["vs."] = "versus", ["approx."] = "approximately", ["etc."] = "et cetera", ["cf."] = "compare", ["et al."] = "and others",
        ["No."] = "number", ["Nos."] = "numbers", ["Fig."] = "figure", ["Figs."] = "figures", ["Pl."] = "plate", ["Vol."] = "volume", ["Op."] = "opus", ["Inv."] = "inventory", ["Cat."] = "catalogue",
        ["p."] = "page", ["pp."] = "pages", ["ca."] = "around", ["c."] = "around", ["fl."] = "active", ["r."] = "reigned", ["b."] = "born", ["d."] = "died",
        ["Mr."] = "Mister", ["Mrs."] = "Missus", ["Ms."] = "Miz", ["Dr."] = "Doctor", ["Prof."] = "Professor", ["Mt."] = "Mount", ["Jr."] = "Junior", ["Sr."] = "Senior",
        ["Capt."] = "Captain", ["Lt."] = "Lieutenant", ["Gen."] = "General", ["Ave."] = "Avenue", ["Rd."] = "Road", ["Blvd."] = "Boulevard",
    };

    private static readonly Dictionary<char, string> Marks = new()
    {
        ['’'] = "'", ['‘'] = "'", ['“'] = "", ['”'] = "", ['„'] = "", ['«'] = "", ['»'] = "", ['"'] = "", ['…'] = ",", ['—'] = ", ", ['–'] = ", ",
        ['·'] = " ", ['×'] = " by ", ['&'] = " and ", ['+'] = " plus ", ['='] = " equals ", ['\u2011'] = "-", ['\u2212'] = "minus ", ['†'] = " died ", ['~'] = "about ",
    };

    /// <summary>Null when nothing is left to say.</summary>
    public static SpokenText? Prepare(string written)
    {
        var text = WrittenMarks.Remove(new SpokenText(written))
            .Replace(Abbreviation(), m => Abbreviations[m.Value])
            .Replace(Saint(), "Saint")
            .Replace(Street(), "Street")
            .Replace(Initials(), m => string.Join(' ', m.Value.Where(char.IsAsciiLetter)) + (char.IsWhiteSpace(m.Value[^1]) ? " " : ""))
            .Replace(NumberSign(), "number ")
            .Replace(Telephone(), m => m.Value.Count(char.IsAsciiDigit) >= 7 ? Spell(m.Value) : null);
        text = EnglishMeasures.Write(EnglishDates.Write(EnglishRoman.Write(text)))
            .Fold(c => Marks.TryGetValue(c, out var said) ? said : WrittenMarks.FoldLetter(c))
            .Fold(c => char.IsAscii(c) && !char.IsControl(c) ? c.ToString() : " ");
        return text.Text.Any(char.IsAsciiLetterOrDigit) ? text : null;
    }

    // "+44 20 7946 0958": a breath between the groups.
    private static string Spell(string number) => (number[0] == '+' ? "plus " : "") +
        string.Join(", ", Digits().Matches(number).Select(group => EnglishNumbers.Spell(group.Value)));

    // Those of one letter, and those that are words without their point, only before what they belong to.
    [GeneratedRegex(@"(?<![\w.])(?:e\.g\.|i\.e\.|vs\.|approx\.|cf\.|et al\.|etc\.(?=\s+\p{Ll})|(?:[Nn]os?|[Ff]igs?|[Pp]l|[Vv]ol|[Oo]p|[Ii]nv|[Cc]at|pp?|ca?|fl|r|b|d)\.(?=\s*(?:[Nn]o\.\s?)?\d)|(?:Mrs?|Ms|Dr|Prof|Mt|Capt|Lt|Gen)\.(?=\s+\p{Lu})|(?<=\p{Lu}\w+,?\s)(?:[JS]r|Ave|Rd|Blvd)\.)")]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"\bSt\.(?=\s?\p{Lu})")]
    private static partial Regex Saint();

    [GeneratedRegex(@"(?<=\p{Lu}\w+\s)St\.(?!\s?\p{Lu})")]
    private static partial Regex Street();

    // "J. M. W. Turner", "the U.S."
    [GeneratedRegex(@"(?<![\w.])(?:[A-Z]\.\s?)+(?=\p{Lu}\p{Ll})|(?<![\w.])(?!(?:B\.C|A\.D)\.)(?:[A-Z]\.){2,}")]
    private static partial Regex Initials();

    [GeneratedRegex(@"#(?=\d)")]
    private static partial Regex NumberSign();

    // At least three groups, or a country's number: years and their ranges have two.
    [GeneratedRegex(@"(?<![\d.,:–])(?!\d{4}-\d\d-\d\d(?!\d))(?:\+\d[\d]*(?:[\s()-]{1,2}\d+)+|\(?\d{2,5}\)?(?:[\s-]\d{2,4}){2,})(?![\d.,]\d|\d)")]
    private static partial Regex Telephone();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
