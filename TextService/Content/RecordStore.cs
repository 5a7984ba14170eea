using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using System.Globalization;

namespace Museum.TextService.Content;

/// <summary>What an import changed.</summary>
internal sealed record ImportResult(IReadOnlyList<string> Changed, IReadOnlyList<string> Removed);

/// <summary>
/// The exhibits' records, in SQLite (WAL). A file is imported once by (id, hash); a file that is faulty leaves the record as it was,
/// and a file that is gone takes its record with it. Written by this service alone.
/// </summary>
internal sealed class RecordStore(string file, TimeProvider time)
{
    // Raised when the records' shape changes: then every file is imported anew.
    private const string Format = "1:";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString();

    public async Task CreateAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var db = await OpenAsync(ct);
        await ExecuteAsync(db, "PRAGMA journal_mode = WAL", ct);
        await ExecuteAsync(
            db,
            """
            CREATE TABLE IF NOT EXISTS exhibits (
                id TEXT PRIMARY KEY,
                file_hash TEXT NOT NULL,
                record TEXT NOT NULL,
                imported_at TEXT NOT NULL
            ) STRICT
            """,
            ct);
    }

    public async Task<ImportResult> ImportAsync(IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        var known = await HashesAsync(db, ct);
        var changed = new List<string>();
        foreach (var entry in entries)
        {
            if (entry.Exhibit is { } exhibit && known.GetValueOrDefault(entry.Id) != Format + entry.Hash)
            {
                await ExecuteAsync(
                    db,
                    """
                    INSERT INTO exhibits (id, file_hash, record, imported_at) VALUES ($id, $hash, $record, $at)
                    ON CONFLICT (id) DO UPDATE SET file_hash = $hash, record = $record, imported_at = $at
                    """,
                    ct,
                    ("$id", entry.Id),
                    ("$hash", Format + entry.Hash),
                    ("$record", JsonSerializer.Serialize(exhibit, Json)),
                    ("$at", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
                changed.Add(entry.Id);
            }
        }

        var removed = known.Keys.Except(entries.Select(e => e.Id)).ToList();
        foreach (var id in removed)
        {
            await ExecuteAsync(db, "DELETE FROM exhibits WHERE id = $id", ct, ("$id", id));
        }

        await transaction.CommitAsync(ct);
        return new ImportResult(changed, removed);
    }

    /// <summary>All records, by id, and the version that names exactly this content.</summary>
    public async Task<(IReadOnlyList<Exhibit> Exhibits, string Version)> ReadAsync(CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await using var command = db.CreateCommand();
        command.CommandText = "SELECT file_hash, record FROM exhibits ORDER BY id";
        await using var rows = await command.ExecuteReaderAsync(ct);
        var exhibits = new List<Exhibit>();
        var hashes = new List<string>();
        while (await rows.ReadAsync(ct))
        {
            hashes.Add(rows.GetString(0));
            exhibits.Add(JsonSerializer.Deserialize<Exhibit>(rows.GetString(1), Json)!);
        }

        return (exhibits, ContentVersion.Of(hashes));
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        var db = new SqliteConnection(connection);
        await db.OpenAsync(ct);
        return db;
    }

    private static async Task<Dictionary<string, string>> HashesAsync(SqliteConnection db, CancellationToken ct)
    {
        await using var command = db.CreateCommand();
        command.CommandText = "SELECT id, file_hash FROM exhibits";
        await using var rows = await command.ExecuteReaderAsync(ct);
        var hashes = new Dictionary<string, string>();
        while (await rows.ReadAsync(ct))
        {
            hashes[rows.GetString(0)] = rows.GetString(1);
        }

        return hashes;
    }

    private static async Task ExecuteAsync(SqliteConnection db, string sql, CancellationToken ct, params (string Name, object Value)[] parameters)
    {
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
