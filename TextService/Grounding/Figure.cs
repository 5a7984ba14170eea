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
    private const int YearsOfCentury = 100;
    private const int YearsOfDecade = 10;

    /// <summary>True when a text that names <paramref name="known"/> bears this out: the same, rounded, or a year of the century.</summary>
    public bool IsBorneOutBy(Figure known) => Kind switch
    {
        FigureKind.Plain => known.Kind == FigureKind.Plain && (Value == known.Value || (known.Value != decimal.Truncate(known.Value) && Value == decimal.Round(known.Value, Decimals, MidpointRounding.AwayFromZero))),
        FigureKind.Century => known.Kind == FigureKind.Century ? known.Value == Value : known.Value > 0 && decimal.Ceiling(known.Value / YearsOfCentury) == Value,
        _ => known.Kind != FigureKind.Century && known.Value >= YearsOfDecade
            && decimal.Truncate((Value < YearsOfCentury ? known.Value % YearsOfCentury : known.Value) / YearsOfDecade) == decimal.Truncate(Value / YearsOfDecade),
    };

    private int Decimals => (decimal.GetBits(Value)[3] >> 16) & 0xFF;
}
