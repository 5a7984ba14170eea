using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>
/// Text as an engine shall say it, which remembers where each character of it stands in the text as it was written:
/// "eighteen eighty nine" stands where "1889" stood.
/// </summary>
internal sealed class SpokenText
{
    private readonly (int Start, int End)[] origins;

    private SpokenText(string written, string text, (int, int)[] origins)
    {
        Written = written;
        Text = text;
        this.origins = origins;
    }

    public SpokenText(string written)
        : this(written, written, [.. Enumerable.Range(0, written.Length).Select(i => (i, i + 1))])
    {
    }

    public string Written { get; }

    public string Text { get; }

    /// <summary>Puts <paramref name="spoken"/> of each match in its place; null leaves the match as it is.</summary>
    public SpokenText Replace(Regex pattern, Func<Match, string?> spoken)
    {
        StringBuilder? text = null;
        var map = new List<(int, int)>();
        var done = 0;
        foreach (var match in pattern.Matches(Text).Cast<Match>())
        {
            if (spoken(match) is not { } replacement)
            {
                continue;
            }

            text ??= new StringBuilder(Text.Length + 32);
            text.Append(Text, done, match.Index - done).Append(replacement);
            map.AddRange(origins[done..match.Index]);
            map.AddRange(Enumerable.Repeat(Cover(match.Index, match.Length), replacement.Length));
            done = match.Index + match.Length;
        }

        if (text is null)
        {
            return this;
        }

        text.Append(Text, done, Text.Length - done);
        map.AddRange(origins[done..]);
        return new SpokenText(Written, text.ToString(), [.. map]);
    }

    public SpokenText Replace(Regex pattern, string spoken) => Replace(pattern, m => m.Result(spoken));

    /// <summary>Maps every character by itself, to none or several.</summary>
    public SpokenText Fold(Func<char, string> fold)
    {
        var text = new StringBuilder(Text.Length);
        var map = new List<(int, int)>(Text.Length);
        for (var i = 0; i < Text.Length; i++)
        {
            var folded = fold(Text[i]);
            text.Append(folded);
            map.AddRange(Enumerable.Repeat(origins[i], folded.Length));
        }

        return new SpokenText(Written, text.ToString(), [.. map]);
    }

    public SpokenText Slice(int start, int length) => new(Written, Text.Substring(start, length), origins[start..(start + length)]);

    /// <summary>Where the part <paramref name="start"/>, <paramref name="length"/> of <see cref="Text"/> stands in <see cref="Written"/>.</summary>
    public (int Start, int Length) Locate(int start, int length)
    {
        var (from, to) = Cover(start, length);
        return (from, to - from);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Written} → {Text}");

    private (int Start, int End) Cover(int start, int length)
    {
        if (length == 0 || start >= origins.Length)
        {
            var at = start < origins.Length ? origins[start].Start : Written.Length;
            return (at, at);
        }

        var covered = origins.AsSpan(start, Math.Min(length, origins.Length - start));
        var (from, to) = covered[0];
        foreach (var (s, e) in covered)
        {
            from = Math.Min(from, s);
            to = Math.Max(to, e);
        }

        return (from, to);
    }
}
