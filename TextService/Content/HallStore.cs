using System.Text.Json;
using Microsoft.Data.Sqlite;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Content;

/// <summary>The rooms as a curator has left them; what they are called in one language only is left empty in the other.</summary>
/// <param name="Revision">From 1; the ETag.</param>
internal sealed record EditedHalls(long Revision, string UpdatedBy, IReadOnlyList<Hall> Halls);

/// <summary>The museum's rooms beside the records: none until a curator has changed them; then <c>halls.yaml</c> changes them no more.</summary>
internal sealed class HallStore(string file)
{
    private const string Create = "CREATE TABLE IF NOT EXISTS halls (only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL, updated_by TEXT NOT NULL, halls TEXT NOT NULL) STRICT";

    private readonly SqliteFile database = new(file);

    /// <summary>Null: nobody has changed what the file says.</summary>
    public async Task<EditedHalls?> FindAsync(CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        return await ReadAsync(db, ct);
    }

    /// <param name="halls">All of them.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="revision">The one that they have read, 0 for the file's; null: whichever it is.</param>
    /// <param name="ct">Ends it with nothing done.</param>
    /// <exception cref="ClientException">412 <c>halls_changed</c>: it is another one by now.</exception>
    public async Task<EditedHalls> WriteAsync(IReadOnlyList<Hall> halls, string by, long? revision, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await using var transaction = db.BeginTransaction(deferred: false);
        var there = await ReadAsync(db, ct);
        if (revision is { } read && read != (there?.Revision ?? 0))
        {
            throw new ClientException("halls_changed", $"{there?.UpdatedBy ?? "Nobody"} has changed the rooms meanwhile.", 412);
        }

        var next = new EditedHalls((there?.Revision ?? 0) + 1, by, halls);
        await db.RunAsync(
            "INSERT OR REPLACE INTO halls (only, revision, updated_by, halls) VALUES (1, $revision, $by, $halls)",
            ct,
            ("$revision", next.Revision),
            ("$by", by),
            ("$halls", JsonSerializer.Serialize(halls, ProtocolJson.Options)));
        await transaction.CommitAsync(ct);
        return next;
    }

    private static async Task<EditedHalls?> ReadAsync(SqliteConnection db, CancellationToken ct) => (await db.ReadAsync(
        "SELECT revision, updated_by, halls FROM halls",
        row => new EditedHalls(row.GetInt64(0), row.GetString(1), JsonSerializer.Deserialize<List<Hall>>(row.GetString(2), ProtocolJson.Options)!),
        ct)).SingleOrDefault();

    private async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        var db = await database.OpenAsync(ct);
        await db.RunAsync(Create, ct);
        return db;
    }
}
