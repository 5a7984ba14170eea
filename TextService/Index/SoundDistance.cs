using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>How far two sounds lie apart: sounds that are made alike are near, vowels count little. See <see cref="EnglishSound"/>.</summary>
internal static class SoundDistance
{
    // Longer than any name that is said in one breath.
    private const int Longest = 63;

    /// <summary>In consonants: 1 is about one consonant that has nothing to do with the other's. Infinite when it is more than the limit.</summary>
    public static double Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b, double limit)
    {
        if (a.Length > Longest || b.Length > Longest)
        {
            return double.PositiveInfinity;
        }

        Span<double> last = stackalloc double[b.Length + 1];
        Span<double> row = stackalloc double[b.Length + 1];
        last[0] = 0;
        for (var j = 1; j <= b.Length; j++)
        {
            last[j] = last[j - 1] + Lone(b[j - 1]);
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = last[0] + Lone(a[i - 1]);
            var best = row[0];
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + Between(a[i - 1], b[j - 1]), Math.Min(last[j] + Lone(a[i - 1]), row[j - 1] + Lone(b[j - 1])));
                best = Math.Min(best, row[j]);
            }

            if (best > limit)
            {
                return double.PositiveInfinity;
            }

            var swap = last;
            last = row;
            row = swap;
        }

        return last[b.Length] <= limit ? last[b.Length] : double.PositiveInfinity;
    }

    private static double Lone(char c) => c switch
    {
        EnglishSound.Vowel => 0.15,
        'w' or 'y' or 'r' or 'h' => 0.4,
        't' or 'd' or 's' => 0.6,
        _ => 0.8,
    };

    private static double Between(char a, char b) => a == b ? 0 : (a < b ? (a, b) : (b, a)) switch
    {
        ('d', 't') or ('b', 'p') or ('g', 'k') => 0.2,
        ('C', 'J') or ('C', 'S') or ('J', 'S') or ('J', 's') or ('S', 's') or ('C', 's') => 0.35,
        ('m', 'n') or ('C', 'k') or ('f', 'w') => 0.5,
        ('l', 'r') or ('b', 'f') => 0.6,
        _ => 1.2,
    };
}
