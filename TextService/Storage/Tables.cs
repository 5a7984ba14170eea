namespace Museum.TextService.Storage;

/// <summary>How the tables of one store are made, in either language; nothing of it harms what is there already.</summary>
internal sealed record Tables(string Sqlite, string Postgres)
{
    /// <summary>Columns of text that tables made by an older release lack.</summary>
    public IReadOnlyList<(string Table, string Column)> Added { get; init; } = [];
}
