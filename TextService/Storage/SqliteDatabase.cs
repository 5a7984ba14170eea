using Microsoft.Data.Sqlite;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Storage;

/// <summary>Each store in a file of its own, for all replicas on this host.</summary>
internal sealed class SqliteDatabases(string folder) : IDatabases
{
    public IDatabase Open(string name, Tables tables) => new SqliteDatabase(Path.Combine(folder, $"{name}.db"), tables);
}

/// <summary>One SQLite file in WAL mode: writers take turns, up to 10 s, and readers never wait.</summary>
internal sealed class SqliteDatabase(string file, Tables tables) : IDatabase
{
    // SQLite's codes (sqlite.org/rescode.html).
    private const int Busy = 5, Locked = 6, Full = 13;

    private readonly string connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString();
    private volatile bool isComplete;

    public string Texts(string json) => $"json_each({json})";

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken ct) => RunAsync(db => read(new SqlSession(db)), ct);

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> write, CancellationToken ct) => RunAsync(db => WriteAsync(db, write, ct), ct);

    private async Task<T> RunAsync<T>(Func<SqliteConnection, Task<T>> work, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await using var db = new SqliteConnection(connection);
            await db.OpenAsync(ct);
            await new SqlSession(db).RunAsync($"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {tables.Sqlite}", ct);
            if (!isComplete)
            {
                isComplete = tables.Added.Count == 0 || await WriteAsync(db, session => CompleteAsync(session, ct), ct);
            }

            return await work(db);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked or Full)
        {
            throw new DependencyException("content_store_busy", "The exhibits cannot be written just now; nothing is changed.", e);
        }
    }

    private static async Task<T> WriteAsync<T>(SqliteConnection db, Func<SqlSession, Task<T>> write, CancellationToken ct)
    {
        // At once the writer: who only became one at the first write would build on what another has changed meanwhile.
        await using var transaction = db.BeginTransaction(deferred: false);
        var result = await write(new SqlSession(db));
        await transaction.CommitAsync(ct);
        return result;
    }

    private async Task<bool> CompleteAsync(SqlSession db, CancellationToken ct)
    {
        foreach (var (table, column) in tables.Added)
        {
            if (await db.ReadAsync("SELECT 1 FROM pragma_table_info(@table) WHERE name = @column", _ => true, ct, ("@table", table), ("@column", column)) is [])
            {
                await db.RunAsync($"ALTER TABLE {table} ADD COLUMN {column} TEXT", ct);
            }
        }

        return true;
    }
}
