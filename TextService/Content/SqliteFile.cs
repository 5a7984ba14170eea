using Microsoft.Data.Sqlite;

namespace Museum.TextService.Content;

/// <summary>One SQLite file in WAL mode; who finds it busy waits up to 10 s.</summary>
internal sealed class SqliteFile(string file)
{
    private readonly string connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString();

    /// <summary>To be disposed of by the caller.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var db = new SqliteConnection(connection);
        await db.OpenAsync(ct);
        await db.RunAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", ct);
        return db;
    }
}

internal static class SqliteCommands
{
    public static async Task RunAsync(this SqliteConnection db, string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(db, sql, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<List<T>> ReadAsync<T>(
        this SqliteConnection db, string sql, Func<SqliteDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(db, sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private static SqliteCommand Command(SqliteConnection db, string sql, (string Name, object? Value)[] parameters)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
