using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Storage;

/// <summary>Where the stores of this service are: files on one host, or a server that replicas on several share.</summary>
internal interface IDatabases
{
    /// <summary>Its tables are made when it is first used.</summary>
    /// <param name="name">Of the store; stores of one name take turns in writing.</param>
    /// <param name="tables">What it consists of.</param>
    IDatabase Open(string name, Tables tables);
}

/// <summary>
/// The tables of one store. Statements are written so that SQLite and PostgreSQL understand them alike; what they say differently has a
/// member here.
/// </summary>
internal interface IDatabase
{
    /// <summary>A source of rows, for after FROM: the texts of a JSON array, in the column <c>value</c>.</summary>
    string Texts(string json);

    /// <exception cref="DependencyException"><c>content_store_busy</c> or <c>records_away</c>.</exception>
    Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken ct);

    /// <summary>Alone: who writes a store, here or in another replica, waits for whoever does. All of it is done, or nothing.</summary>
    /// <exception cref="DependencyException">
    /// <c>content_store_busy</c>: others write for too long, or the disk is full; nothing is changed. <c>records_away</c>: the store does not
    /// answer; when it fell silent at the very end, it may be done nevertheless.
    /// </exception>
    Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> write, CancellationToken ct);
}

/// <summary>A single statement, read or written.</summary>
internal static class DatabaseStatements
{
    public static Task<List<T>> ReadAsync<T>(
        this IDatabase database, string sql, Func<System.Data.Common.DbDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        database.ReadAsync(db => db.ReadAsync(sql, read, ct, parameters), ct);

    public static Task WriteAsync(this IDatabase database, string sql, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        database.WriteAsync(
            async db =>
            {
                await db.RunAsync(sql, ct, parameters);
                return true;
            },
            ct);
}
