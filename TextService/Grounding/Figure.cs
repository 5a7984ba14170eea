namespace Museum.TextService.Grounding;

internal enum FigureKind
{
    Plain,

    /// <summary><see cref="Figure.Value"/> is its number: 19 for the years 1801 to 1900.</summary>
    Century,

    /// <summary><see cref="Figure.Value"/> is its first year, or 80 for the eighties of any century.</summary>
    Decade,
}

/// <summary>A number that a text names, however it is written.</summary>
/// <param name="IsClaim">It has to be borne out: digits, and words for ten and more. "The three of them" is no claim.</param>
internal readonly record struct Figure(decimal Value, FigureKind Kind, bool IsClaim)
{
    // "Nearly 120 million" for 119,922,500; "about 200" is not said of 150.
    private const decimal MostRounded = 0.05m;

    // "Around 1900" does not bear out 1889: of whole numbers in this range a text means a year.
    private const int FirstYear = 1_000;
    private const int LastYear = 2_100;

    private const int YearsOfCentury = 100;
    private const int YearsOfDecade = 10;

    /// <summary>Said to be about so many: <see cref="Value"/> may be rounded to its last place that is not 0.</summary>
    public bool IsAbout { get; init; }

    /// <summary>True when a text that names <paramref name="known"/> bears this out: the same, rounded, or a year of the century.</summary>
    public bool IsBorneOutBy(Figure known) => Kind switch
    {
        FigureKind.Plain => known.Kind == FigureKind.Plain && (Value == known.Value
            || (known.Value != decimal.Truncate(known.Value) && Value == decimal.Round(known.Value, Decimals, MidpointRounding.AwayFromZero))
            || (IsAbout && Rounds(known.Value))),
        FigureKind.Century => known.Kind == FigureKind.Century ? known.Value == Value : known.Value > 0 && decimal.Ceiling(known.Value / YearsOfCentury) == Value,
        _ => known.Kind != FigureKind.Century && known.Value >= YearsOfDecade
            && decimal.Truncate((Value < YearsOfCentury ? known.Value % YearsOfCentury : known.Value) / YearsOfDecade) == decimal.Truncate(Value / YearsOfDecade),
    };

    private bool Rounds(decimal known)
    {
        if (Value == 0 || Value != decimal.Truncate(Value) || IsYear(known) || Math.Abs(known - Value) > MostRounded * Value)
        {
            return false;
        }

        var place = 1m;
        while (Value % (place * 10) == 0)
        {
            place *= 10;
        }

        return decimal.Round(known / place, MidpointRounding.AwayFromZero) * place == Value;
    }

    private static bool IsYear(decimal value) => value is >= FirstYear and <= LastYear && value == decimal.Truncate(value);

    private int Decimals => (decimal.GetBits(Value)[3] >> 16) & 0xFF;
}
