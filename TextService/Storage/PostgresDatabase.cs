using System.Collections.Concurrent;
using Museum.ServiceDefaults.Degradation;
using Npgsql;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.TextService.Storage;

/// <summary>All stores in one schema of the server, for replicas on any host.</summary>
internal sealed class PostgresDatabases(Capability<PostgresConnections> server) : IDatabases, IDisposable
{
    // One per store. A replica's writers wait here and not at the server, or a hundred of them would take all connections from the readers.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = [];

    public IDatabase Open(string name, Tables tables) => new PostgresDatabase(name, tables, server, turns.GetOrAdd(name, _ => new SemaphoreSlim(1, 1)));

    public void Dispose()
    {
        foreach (var turn in turns.Values)
        {
            turn.Dispose();
        }
    }
}

/// <summary>Writers take turns as in a SQLite file, by a lock on the store's name: what a change builds on may not be there yet, and then has no row to lock.</summary>
internal sealed class PostgresDatabase(string name, Tables tables, Capability<PostgresConnections> server, SemaphoreSlim turn) : IDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile bool isThere;

    public string Texts(string json) => $"json_array_elements_text(CAST({json} AS json))";

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken ct) => RunAsync(db => read(new SqlSession(db)), ct);

    public async Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> write, CancellationToken ct)
    {
        if (!await turn.WaitAsync(Patience, ct))
        {
            throw PostgresConnections.Busy();
        }

        try
        {
            return await RunAsync(db => WriteAsync(db, name, write, ct), ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        try
        {
            await using var db = await server.UseAsync((s, attempt) => s.ConnectAsync(attempt), ct);
            if (!isThere)
            {
                isThere = await WriteAsync(db, "tables", session => CreateAsync(session, ct), ct);
            }

            return await work(db);
        }
        catch (NpgsqlException e) when (PostgresConnections.FailureOf(e) is { } failure)
        {
            throw failure;
        }
        catch (Exception e) when (e is TimeoutRejectedException or BrokenCircuitException)
        {
            throw PostgresConnections.Away(e);
        }
    }

    private static async Task<T> WriteAsync<T>(NpgsqlConnection db, string name, Func<SqlSession, Task<T>> write, CancellationToken ct)
    {
        var session = new SqlSession(db);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await session.RunAsync(
            $"SET LOCAL lock_timeout = {(int)Patience.TotalMilliseconds}; SELECT pg_advisory_xact_lock(hashtext(@name))", ct, ("@name", $"{PostgresConnections.Schema}.{name}"));
        var result = await write(session);
        await transaction.CommitAsync(ct);
        return result;
    }

    private async Task<bool> CreateAsync(SqlSession db, CancellationToken ct)
    {
        await db.RunAsync($"CREATE SCHEMA IF NOT EXISTS {PostgresConnections.Schema}; {tables.Postgres}", ct);
        foreach (var (table, column) in tables.Added)
        {
            // Looked up first: the statement would wait for everybody who uses the table, and they for it, also when there is nothing to do.
            const string Find = "SELECT 1 FROM information_schema.columns WHERE table_schema = @schema AND table_name = @table AND column_name = @column";
            if (await db.ReadAsync(Find, _ => true, ct, ("@schema", PostgresConnections.Schema), ("@table", table), ("@column", column)) is [])
            {
                await db.RunAsync($"ALTER TABLE {table} ADD COLUMN {column} TEXT", ct);
            }
        }

        return true;
    }
}
