using System.Text;
using Museum.TextService.Language;

namespace Museum.TextService.Sentences;

/// <summary>How a text is cut. Lengths in characters.</summary>
internal sealed record CutRules
{
    /// <summary>For speech: semicolons end a piece, and a long first sentence is cut at a clause so that the voice can begin.</summary>
    public static CutRules Speech { get; } = new() { Semicolons = true, FirstSoft = true, Longest = 360 };

    /// <summary>For reading: grammatical sentences, whatever their length.</summary>
    public static CutRules Prose { get; } = new();

    public bool Semicolons { get; init; }
    public bool FirstSoft { get; init; }

    /// <summary>A piece longer than this is cut at its last clause.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>The first sentence is cut when it gets longer than this, in Latin and in Chinese script.</summary>
    public int SoftLatin { get; init; } = 120;
    public int SoftHan { get; init; } = 40;
}

/// <summary>
/// Cuts a text into sentences while it streams in. Nothing is lost or changed: the pieces, joined, are the text
/// (white space stays at the end of the piece it follows). The cuts do not depend on how the text was chunked.
/// </summary>
internal sealed class SentenceCutter(CutRules rules)
{
    // Inside 《…》 or (…) nothing is cut, unless the closing mark is obviously missing.
    private const int LongestBracket = 200;

    private readonly StringBuilder pending = new();
    private int bracketDepth;
    private int bracketOpenedAt;
    private int lastClause;
    private int han;
    private int pieces;

    /// <summary>Takes the next text and returns the sentences that are finished by it.</summary>
    public List<string> Push(ReadOnlySpan<char> text)
    {
        var finished = new List<string>();
        foreach (var c in text)
        {
            // The character after a mark decides whether the mark was an end: 3.14, “…”, J. M. W. Turner.
            if (EndsBefore(c))
            {
                finished.Add(Take(pending.Length));
            }

            Append(c);
            if (SoftCut() is { } at)
            {
                finished.Add(Take(at));
            }
        }

        return finished;
    }

    /// <summary>The rest, when the text is over; null when there is none.</summary>
    public string? Flush() => pending.Length == 0 ? null : Take(pending.Length);

    /// <summary>All sentences of a whole text, trimmed.</summary>
    public static List<string> Cut(string text, CutRules rules)
    {
        var cutter = new SentenceCutter(rules);
        var sentences = cutter.Push(text);
        if (cutter.Flush() is { } rest)
        {
            sentences.Add(rest);
        }

        return [.. sentences.Select(s => s.Trim()).Where(s => s.Length > 0)];
    }

    private void Append(char c)
    {
        pending.Append(c);
        if (c is '《' or '(' or '（' or '「' or '[')
        {
            bracketOpenedAt = bracketDepth++ == 0 ? pending.Length : bracketOpenedAt;
        }
        else if (bracketDepth > 0 && (c is '》' or ')' or '）' or '」' or ']'))
        {
            bracketDepth--;
        }
        else if (c == '\n')
        {
            bracketDepth = 0;
        }

        han += Han.Is(c) ? 1 : 0;
        if (bracketDepth == 0 && (c is '，' or '：' or '、' || (c == ' ' && pending.Length > 1 && pending[^2] is ',' or ':' or ';' or '—' or '–')))
        {
            lastClause = pending.Length;
        }
    }

    private bool EndsBefore(char next)
    {
        // White space belongs to the sentence before it; a closing mark too.
        if (pending.Length == 0 || char.IsWhiteSpace(next) || SentenceEnd.IsCloser(next, pending))
        {
            return false;
        }

        if (bracketDepth > 0 && pending.Length - bracketOpenedAt < LongestBracket)
        {
            return false;
        }

        return SentenceEnd.Before(next, pending, rules.Semicolons);
    }

    private int? SoftCut()
    {
        var hanText = han * 2 > pending.Length;
        var limit = rules.FirstSoft && pieces == 0 ? (hanText ? rules.SoftHan : rules.SoftLatin) : rules.Longest;
        if (pending.Length < limit)
        {
            return null;
        }

        // A clause that is too short to be worth speaking alone is left; only without end is a text cut anywhere.
        var shortest = hanText ? 10 : 36;
        if (lastClause >= shortest)
        {
            return lastClause;
        }

        return pending.Length >= 2 * (long)rules.Longest && !char.IsHighSurrogate(pending[^1]) ? pending.Length : null;
    }

    private string Take(int length)
    {
        var piece = pending.ToString(0, length);
        var rest = pending.ToString(length, pending.Length - length);
        pending.Clear();
        bracketDepth = 0;
        lastClause = 0;
        han = 0;
        pieces += string.IsNullOrWhiteSpace(piece) ? 0 : 1;
        foreach (var c in rest)
        {
            Append(c);
        }

        return piece;
    }
}
