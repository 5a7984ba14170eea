namespace Museum.TextService.Tours;

/// <summary>Where a visit may go next.</summary>
internal sealed record Stop
{
    /// <summary>The exhibit, as a number of the content index.</summary>
    public required int Exhibit { get; init; }

    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>The hall's number.</summary>
    public required int Hall { get; init; }

    public required string HallName { get; init; }

    /// <summary>In the guide's words, fit to be spoken.</summary>
    public required string Invitation { get; init; }

    /// <summary>A question to begin with, which the content answers; empty: there is none.</summary>
    public required string Question { get; init; }
}

/// <summary>Where a visit stands after a turn.</summary>
/// <param name="Hall">Where the visitor is, as far as is known; 0: not known.</param>
/// <param name="Seen">The ids of the exhibits that came up, oldest first.</param>
/// <param name="Interests">What the visitor's questions have in common, strongest first.</param>
/// <param name="Next">Where to go from here, best first; none of them seen.</param>
/// <param name="Propose">The moment is good to propose the first of them.</param>
internal sealed record Tour(int Hall, IReadOnlyList<string> Seen, IReadOnlyList<string> Interests, IReadOnlyList<Stop> Next, bool Propose);
