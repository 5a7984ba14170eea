using Museum.TextService.Conversation;

namespace Museum.TextService.Tours;

/// <summary>An exhibit that came up during a visit.</summary>
/// <param name="Exhibit">Its id.</param>
/// <param name="Turns">How many turns were about it; 0: it was only in view.</param>
internal sealed record Visit(string Exhibit, int Turns);

/// <summary>Where a visit went. It follows from the turns alone, so every replica comes to the same, and a turn that is asked again leaves it as it was.</summary>
internal sealed record TourState
{
    // A longer visit's beginning is past advising on.
    private const int MostVisits = 100;

    public static TourState Empty { get; } = new();

    /// <summary>In the order in which they first came up.</summary>
    public IReadOnlyList<Visit> Visits { get; init; } = [];

    /// <summary>Where the client last said that its visitor was; null: it never did.</summary>
    public SaidPlace? Place { get; init; }

    /// <summary>The id of the exhibit that was last told about; null: none was.</summary>
    public string? Current { get; init; }

    /// <summary>So many turns in a row were about it.</summary>
    public int Row { get; init; }

    /// <summary>So many turns ago a next stop was proposed; null: never.</summary>
    public int? SinceProposed { get; init; }

    /// <summary>The exhibit that the last turn proposed as the next stop; null: it proposed none.</summary>
    public string? Offer { get; init; }

    public TourState After(RememberedTurn turn)
    {
        var visits = Visits.ToList();
        foreach (var id in turn.About)
        {
            Note(visits, id, 1);
        }

        if (turn.Place?.Exhibit is { } seen)
        {
            Note(visits, seen, 0);
        }

        var about = turn.About.Count > 0 ? turn.About[0] : Current;
        return new TourState
        {
            Visits = [.. visits.TakeLast(MostVisits)],
            Place = turn.Place ?? Place,
            Current = about,
            Row = turn.About.Count == 0 ? Row : about == Current ? Row + 1 : 1,
            SinceProposed = turn.Proposed is not null ? 0 : SinceProposed + 1,
            Offer = turn.Proposed,
        };
    }

    private static void Note(List<Visit> visits, string id, int turns)
    {
        var at = visits.FindIndex(v => v.Exhibit == id);
        if (at < 0)
        {
            visits.Add(new Visit(id, turns));
        }
        else
        {
            visits[at] = visits[at] with { Turns = visits[at].Turns + turns };
        }
    }
}
