namespace Museum.TextService.Index;

/// <summary>How many slips of the finger lie between two words: a letter too many, too few, wrong, or two swapped.</summary>
internal static class EditDistance
{
    /// <summary>The optimal string alignment distance, or <paramref name="limit"/> + 1 when it is larger than the limit.</summary>
    public static int Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || b.Length >= 64)
        {
            return limit + 1;
        }

        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }

                best = Math.Min(best, row[j]);
            }

            if (best > limit)
            {
                return limit + 1;
            }

            var freed = beforeLast;
            beforeLast = last;
            last = row;
            row = freed;
        }

        return last[b.Length] > limit ? limit + 1 : last[b.Length];
    }

    /// <summary>How many slips are forgiven in a word of this length.</summary>
    public static int Forgiven(int length) => length switch
    {
        < 4 => 0,
        < 7 => 1,
        _ => 2,
    };
}
