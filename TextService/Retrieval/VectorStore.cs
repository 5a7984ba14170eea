using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Museum.TextService.Retrieval;

/// <summary>Vectors that were paid for once, by model and text, in a file of their own: a restart and an edit ask only for what is new.</summary>
internal sealed class VectorStore(string file, string model)
{
    private readonly string connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString();

    /// <summary>Those of the texts' vectors that are kept.</summary>
    public async Task<Dictionary<string, float[]>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        var byId = texts.Distinct().ToDictionary(IdOf);
        await using var db = await OpenAsync(ct);
        await using var command = db.CreateCommand();
        command.CommandText = "SELECT id, vector FROM vectors WHERE id IN (SELECT value FROM json_each($ids))";
        command.Parameters.AddWithValue("$ids", JsonSerializer.Serialize(byId.Keys));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<string, float[]>();
        while (await rows.ReadAsync(ct))
        {
            found[byId[rows.GetString(0)]] = MemoryMarshal.Cast<byte, float>(rows.GetFieldValue<byte[]>(1)).ToArray();
        }

        return found;
    }

    public async Task SaveAsync(IEnumerable<(string Text, float[] Vector)> vectors, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        foreach (var (text, vector) in vectors)
        {
            await using var command = db.CreateCommand();
            command.CommandText = "INSERT OR REPLACE INTO vectors (id, vector) VALUES ($id, $vector)";
            command.Parameters.AddWithValue("$id", IdOf(text));
            command.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes(vector.AsSpan()).ToArray());
            await command.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private string IdOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{text}")));

    private async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var db = new SqliteConnection(connection);
        await db.OpenAsync(ct);
        await using var command = db.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS vectors (id TEXT PRIMARY KEY, vector BLOB NOT NULL) STRICT";
        await command.ExecuteNonQueryAsync(ct);
        return db;
    }
}
