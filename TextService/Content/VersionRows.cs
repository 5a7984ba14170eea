using Museum.TextService.Storage;

namespace Museum.TextService.Content;

/// <summary>
/// The table <c>versions</c>: the texts of an exhibit that may be wanted again. <c>fate</c> is null for one that was live, and
/// <c>discarded</c> for a draft that somebody threw away.
/// </summary>
internal static class VersionRows
{
    private const string Discarded = "discarded";

    public static Task<List<ExhibitVersion>> ReadAsync(IDatabase database, string id, CancellationToken ct) => database.ReadAsync(
        "SELECT number, published_at, published_by, document, fate FROM versions WHERE id = @id ORDER BY number DESC",
        row => new ExhibitVersion(row.GetInt32(0), RecordRow.Time(row.GetString(1)), row.GetString(2), RecordRow.Read(row.GetString(3)), !row.IsDBNull(4)),
        ct,
        ("@id", id));

    /// <summary>
    /// The draft that a change makes an end of without its going live: thrown away, or written over by another than its writer. Who goes on
    /// with their own draft throws nothing away. Null: none.
    /// </summary>
    public static ExhibitDocument? LostBy(string by, ExhibitRecord? before, ExhibitRecord? after) =>
        before?.Draft is { } draft && after?.Draft != draft && after?.Live != draft && (after?.Draft is null || before.WrittenBy != by) ? draft : null;

    /// <returns>False: the same text is kept already.</returns>
    public static async Task<bool> KeepLostAsync(SqlSession db, string id, ExhibitVersion lost, CancellationToken ct)
    {
        var document = RecordRow.Write(lost.Document);
        if (await db.ReadAsync("SELECT 1 FROM versions WHERE id = @id AND document = @document LIMIT 1", _ => true, ct, ("@id", id), ("@document", document)) is not [])
        {
            return false;
        }

        await KeepAsync(db, id, lost, ct);
        return true;
    }

    public static Task KeepAsync(SqlSession db, string id, ExhibitVersion version, CancellationToken ct) => db.RunAsync(
        "INSERT INTO versions (id, number, published_at, published_by, document, fate) VALUES (@id, @number, @at, @by, @document, @fate) ON CONFLICT (id, number) DO NOTHING",
        ct,
        ("@id", id),
        ("@number", version.Number),
        ("@at", RecordRow.Time(version.PublishedAt)),
        ("@by", version.PublishedBy),
        ("@document", RecordRow.Write(version.Document)),
        ("@fate", version.Discarded ? Discarded : null));
}
