using System.Data.Common;
using System.Text;

namespace Museum.TextService.Storage;

/// <summary>Statements on one open connection; their parameters are named <c>@so</c>.</summary>
internal sealed class SqlSession(DbConnection connection)
{
    public async Task RunAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value is string text ? Storable(text) : value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    // PostgreSQL refuses NUL and halves of surrogate pairs, which a visitor may send, or a cut may leave; and with them all that they came with.
    private static string Storable(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0')
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
}
