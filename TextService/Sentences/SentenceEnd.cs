using System.Collections.Frozen;
using System.Text;
using Museum.TextService.Language;

namespace Museum.TextService.Sentences;

/// <summary>Says whether a sentence ends between the text so far and the next character.</summary>
internal static class SentenceEnd
{
    /// <summary>A quote or bracket that closes after the mark and belongs to the sentence: <c>“…end.”</c>, <c>（完。）</c>.</summary>
    public static bool IsCloser(char c, StringBuilder before)
    {
        if (c is '”' or '’' or '）' or ')' or '」' or '』' or ']' or '》')
        {
            return before.Length > 0 && !char.IsWhiteSpace(before[^1]);
        }

        // A straight quote closes when it follows the mark at once, and opens after a space.
        return c is '"' or '\'' && before.Length > 0 && (IsMark(before[^1]) || IsClosing(before[^1]));
    }

    /// <summary>True when a text breaks off nowhere in a sentence, as far as its last marks show.</summary>
    public static bool IsWhole(string text)
    {
        // A capital after a space: what would begin the next sentence.
        var whole = text.TrimEnd();
        return whole.Length > 0 && (Before('X', new StringBuilder(whole).Append(' '), semicolons: false) || whole[^1] == '…');
    }

    /// <param name="next">The first character after the mark that is neither white space nor a closing mark.</param>
    /// <param name="text">Everything of the sentence before it.</param>
    /// <param name="semicolons">Semicolons end a piece too.</param>
    public static bool Before(char next, StringBuilder text, bool semicolons)
    {
        var end = text.Length;
        var newline = false;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            newline |= text[end - 1] == '\n';
            end--;
        }

        if (newline)
        {
            return end > 0;
        }

        var spaced = end < text.Length;
        while (end > 0 && IsClosing(text[end - 1]))
        {
            end--;
        }

        if (end == 0)
        {
            return false;
        }

        return text[end - 1] switch
        {
            // Marks in a row, as in ？！ or ……, stay together.
            '。' or '！' or '？' => !IsMark(next),
            '；' => semicolons,
            ';' => semicolons && spaced,
            '!' or '?' => !IsMark(next) && (spaced || Han.Is(next) || next is '《' or '“'),
            '…' => !IsMark(next) && (Han.Is(next) ? end > 6 : spaced && !char.IsLower(next)),
            '.' => !IsMark(next) && PeriodEnds(next, text, end, spaced),
            _ => false,
        };
    }

    private static bool PeriodEnds(char next, StringBuilder text, int end, bool spaced)
    {
        if (!spaced)
        {
            return Han.Is(next) || next == '《';
        }

        if (char.IsLower(next))
        {
            return false;
        }

        var start = end - 1;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '\'' or '’'))
        {
            start--;
        }

        var word = text.ToString(start, end - 1 - start);
        var initial = word.Length == 1 && char.IsUpper(word[0]) && word != "I" || word.Length > 1 && word[^2] == '.' && char.IsLetter(word[^1]);
        if (initial)
        {
            return word.Length > 1 && !char.IsLetter(next);
        }

        return !(Abbreviations.Contains(word) || (char.IsDigit(next) && BeforeNumbers.Contains(word)));
    }

    private static bool IsMark(char c) => c is '。' or '！' or '？' or '…' or '.' or '!' or '?' or '；';

    private static bool IsClosing(char c) => c is '”' or '’' or '）' or ')' or '」' or '』' or ']' or '》' or '"' or '\'';

    private static readonly FrozenSet<string> Abbreviations = FrozenSet.ToFrozenSet(
        ["Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Sts", "Ste", "Mt", "Fr", "Sr", "Jr", "Gen", "Col", "Capt", "Lt", "Sgt", "Rev", "Hon", "Gov", "Sen", "Mme", "Mlle", "Msgr",
         "e.g", "i.e", "eg", "ie", "cf", "vs", "viz", "ca", "c", "al", "approx", "Bros", "Ph.D"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> BeforeNumbers = FrozenSet.ToFrozenSet(
        ["No", "Nos", "Nr", "Vol", "vols", "p", "pp", "Fig", "figs", "ch", "sec", "inv", "cat", "pl", "fol", "b", "d", "fl", "r", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"],
        StringComparer.OrdinalIgnoreCase);
}
