using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Storage;

namespace Museum.TextService.Content;

/// <summary>The rooms as a curator has left them; what they are called in one language only is left empty in the other.</summary>
/// <param name="Revision">From 1; the ETag.</param>
internal sealed record EditedHalls(long Revision, string UpdatedBy, IReadOnlyList<Hall> Halls);

/// <summary>The museum's rooms beside the records: none until a curator has changed them; then <c>halls.yaml</c> changes them no more.</summary>
internal sealed class HallStore(IDatabases databases)
{
    private static readonly Tables Tables = new(
        Sqlite: """CREATE TABLE IF NOT EXISTS halls ("only" INTEGER PRIMARY KEY CHECK ("only" = 1), revision INTEGER NOT NULL, updated_by TEXT NOT NULL, halls TEXT NOT NULL) STRICT""",
        Postgres: """CREATE TABLE IF NOT EXISTS halls ("only" INTEGER PRIMARY KEY CHECK ("only" = 1), revision BIGINT NOT NULL, updated_by TEXT NOT NULL, halls TEXT NOT NULL)""");

    private readonly IDatabase database = databases.Open(RecordSchema.Store, Tables);

    /// <summary>Null: nobody has changed what the file says.</summary>
    public Task<EditedHalls?> FindAsync(CancellationToken ct) => database.ReadAsync(db => ReadAsync(db, ct), ct);

    /// <param name="halls">All of them.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="revision">The one that they have read, 0 for the file's; null: whichever it is.</param>
    /// <param name="ct">Ends it with nothing done.</param>
    /// <exception cref="ClientException">412 <c>halls_changed</c>: it is another one by now.</exception>
    /// <exception cref="DependencyException">As <see cref="IDatabase.WriteAsync"/>.</exception>
    public Task<EditedHalls> WriteAsync(IReadOnlyList<Hall> halls, string by, long? revision, CancellationToken ct) => database.WriteAsync(
        async db =>
        {
            var there = await ReadAsync(db, ct);
            if (revision is { } read && read != (there?.Revision ?? 0))
            {
                throw new ClientException("halls_changed", $"{there?.UpdatedBy ?? "Nobody"} has changed the rooms meanwhile.", 412);
            }

            var next = new EditedHalls((there?.Revision ?? 0) + 1, by, halls);
            await db.RunAsync(
                """
                INSERT INTO halls ("only", revision, updated_by, halls) VALUES (1, @revision, @by, @halls)
                ON CONFLICT ("only") DO UPDATE SET revision = excluded.revision, updated_by = excluded.updated_by, halls = excluded.halls
                """,
                ct,
                ("@revision", next.Revision),
                ("@by", by),
                ("@halls", JsonSerializer.Serialize(halls, ProtocolJson.Options)));
            return next;
        },
        ct);

    private static async Task<EditedHalls?> ReadAsync(SqlSession db, CancellationToken ct) => (await db.ReadAsync(
        "SELECT revision, updated_by, halls FROM halls",
        row => new EditedHalls(row.GetInt64(0), row.GetString(1), JsonSerializer.Deserialize<List<Hall>>(row.GetString(2), ProtocolJson.Options)!),
        ct)).SingleOrDefault();
}
