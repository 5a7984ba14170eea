namespace Museum.AvatarService.Visemes;

/// <summary>How neighbouring sounds change each other's shapes. Works on the list in place; all times are samples.</summary>
internal static class Coarticulation
{
    // Shorter shapes than this are not seen; the face eases over 60–90 ms.
    private const double HoldSeconds = 0.04;

    // A phone of normal length reaches its whole shape.
    private const double FullSeconds = 0.08;

    // Lips begin to round this long before a rounded vowel (Perkell and Matthies 1992 measured 50–200 ms).
    private const double RoundingSeconds = 0.06;

    public static void Weaken(List<MouthShape> shapes, int sampleRate)
    {
        foreach (var shape in shapes.Where(s => !s.Viseme.Closes && s.Viseme != Viseme.Sil))
        {
            shape.Weight *= Math.Clamp(shape.Length / (FullSeconds * sampleRate), 0.5, 1);
        }
    }

    public static void RoundEarly(List<MouthShape> shapes, int sampleRate)
    {
        for (var i = 1; i < shapes.Count; i++)
        {
            var (before, vowel) = (shapes[i - 1], shapes[i]);
            if (!vowel.Viseme.Rounds || before.Viseme.Closes || before.Viseme.IsVowel || before.Viseme == Viseme.Sil)
            {
                continue;
            }

            var start = Math.Max(before.Start + Hold(sampleRate), vowel.Start - (long)(RoundingSeconds * sampleRate));
            if (start < vowel.Start)
            {
                before.End = vowel.Start = start;
            }
        }
    }

    public static void Hold(List<MouthShape> shapes, int sampleRate)
    {
        var hold = Hold(sampleRate);
        for (var i = 0; i < shapes.Count; i++)
        {
            var shape = shapes[i];
            if (shape.Length >= hold || shape.Viseme == Viseme.Sil)
            {
                continue;
            }

            if (shape.Viseme.Closes)
            {
                // The lips stay closed for as long as an eye needs, at the expense of what follows.
                shape.End = shape.Start + hold;
                while (i + 1 < shapes.Count && shapes[i + 1].End <= shape.End && !shapes[i + 1].Viseme.Closes)
                {
                    shapes.RemoveAt(i + 1);
                }

                if (i + 1 < shapes.Count)
                {
                    shapes[i + 1].Start = Math.Max(shapes[i + 1].Start, Math.Min(shape.End, shapes[i + 1].End));
                }
            }
            else if (TryYield(shapes, i))
            {
                i--;
            }
        }
    }

    /// <summary>A shape too short to be seen gives its time to the more dominant neighbour.</summary>
    private static bool TryYield(List<MouthShape> shapes, int index)
    {
        var shape = shapes[index];
        var before = index > 0 ? shapes[index - 1] : null;
        var after = index + 1 < shapes.Count ? shapes[index + 1] : null;
        var afterWins = before is null || before.Viseme == Viseme.Sil || (after is not null && after.Viseme != Viseme.Sil && after.Viseme.Dominance > before.Viseme.Dominance);
        if (afterWins && after is not null && after.Viseme != Viseme.Sil)
        {
            after.Start = shape.Start;
        }
        else if (before is not null && before.Viseme != Viseme.Sil)
        {
            before.End = shape.End;
        }
        else
        {
            // Alone between two silences: short, but all that there is.
            return false;
        }

        shapes.RemoveAt(index);
        return true;
    }

    private static long Hold(int sampleRate) => (long)(HoldSeconds * sampleRate);
}

/// <summary>A shape of the mouth and the samples in which it is wanted.</summary>
internal sealed class MouthShape(Viseme viseme, double weight, long start, long end)
{
    public Viseme Viseme { get; } = viseme;

    public double Weight { get; set; } = weight;

    public long Start { get; set; } = start;

    public long End { get; set; } = end;

    public long Length => End - Start;
}
