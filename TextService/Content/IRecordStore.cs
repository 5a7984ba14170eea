namespace Museum.TextService.Content;

/// <summary>
/// The truth about the exhibits, shared by all replicas of this service and written by it alone. Every change is one atomic read-and-write
/// of a record, whoever else writes at the same time.
/// </summary>
internal interface IRecordStore
{
    /// <summary>
    /// Takes the files over: each once by (id, hash), and none whose exhibit a curator has edited or removed. A faulty one leaves its record as
    /// it was; one that is gone takes an unedited record with it until it comes back.
    /// </summary>
    Task<ImportResult> ImportAsync(IReadOnlyList<Entry> entries, CancellationToken ct);

    /// <summary>What is live, by id.</summary>
    Task<IReadOnlyList<LiveHash>> LiveAsync(CancellationToken ct);

    /// <summary>The live texts of these; those that are live no more are left out.</summary>
    Task<IReadOnlyList<LiveText>> ReadLiveAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    Task<RecordPage> ListAsync(RecordFilter filter, CancellationToken ct);

    /// <summary>Null: there is none, or it was removed.</summary>
    Task<ExhibitRecord?> FindAsync(string id, CancellationToken ct);

    Task<ExhibitRecord?> FindAsync(long number, CancellationToken ct);

    /// <summary>Every text that was live, and every draft that was thrown away or that another wrote over, also of what is removed; newest first.</summary>
    Task<IReadOnlyList<ExhibitVersion>> VersionsAsync(string id, CancellationToken ct);

    /// <summary>All in one transaction; a refused one leaves the others.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="changes">In their order.</param>
    /// <param name="ct">Ends it with nothing done.</param>
    /// <returns>One for each change.</returns>
    Task<IReadOnlyList<RecordOutcome>> WriteAsync(string by, IReadOnlyList<RecordChange> changes, CancellationToken ct);
}
