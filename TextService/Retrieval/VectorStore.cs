using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Museum.TextService.Storage;

namespace Museum.TextService.Retrieval;

/// <summary>Vectors that were paid for once, by model and text, in a store of their own: a restart and an edit ask only for what is new.</summary>
internal sealed class VectorStore(IDatabases databases, string model)
{
    private static readonly Tables Tables = new(
        Sqlite: "CREATE TABLE IF NOT EXISTS vectors (id TEXT PRIMARY KEY, vector BLOB NOT NULL) STRICT", Postgres: "CREATE TABLE IF NOT EXISTS vectors (id TEXT PRIMARY KEY, vector BYTEA NOT NULL)");

    private readonly IDatabase database = databases.Open("vectors", Tables);

    /// <summary>Those of the texts' vectors that are kept.</summary>
    public async Task<Dictionary<string, float[]>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        var byId = texts.Distinct().ToDictionary(IdOf);
        var found = await database.ReadAsync(
            $"SELECT id, vector FROM vectors WHERE id IN (SELECT value FROM {database.Texts("@ids")})",
            row => (Id: row.GetString(0), Vector: MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(1)).ToArray()),
            ct,
            ("@ids", JsonSerializer.Serialize(byId.Keys)));
        return found.ToDictionary(f => byId[f.Id], f => f.Vector);
    }

    public Task SaveAsync(IReadOnlyList<(string Text, float[] Vector)> vectors, CancellationToken ct) => database.WriteAsync(
        async db =>
        {
            foreach (var (text, vector) in vectors)
            {
                await db.RunAsync(
                    "INSERT INTO vectors (id, vector) VALUES (@id, @vector) ON CONFLICT (id) DO UPDATE SET vector = excluded.vector",
                    ct,
                    ("@id", IdOf(text)),
                    ("@vector", MemoryMarshal.AsBytes(vector.AsSpan()).ToArray()));
            }

            return vectors.Count;
        },
        ct);

    private string IdOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{text}")));
}
