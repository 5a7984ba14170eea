using Museum.ServiceDefaults.Errors;
using Npgsql;

namespace Museum.TextService.Storage;

/// <summary>Connections to the PostgreSQL server that <c>ConnectionStrings:postgres</c> names.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>Name of its pipeline, and its own among the providers of <see cref="Capability"/>.</summary>
    public const string Pipeline = "postgres";

    public const string Capability = "records";

    /// <summary>Holds all tables of this service, so that others may share the database.</summary>
    public const string Schema = "museum_text";

    // What the connection string does not say itself. Seconds; and twenty connections a replica, since a server usually takes a hundred.
    private const string Defaults = $"Timeout=5;Command Timeout=20;Maximum Pool Size=20;Application Name=museum-textservice;Search Path={Schema};";

    private const string Greeting = "SELECT 1";

    private readonly NpgsqlDataSource source;

    /// <exception cref="InvalidOperationException">It is no connection string.</exception>
    public PostgresConnections(string connection)
    {
        try
        {
            // Named, or its metrics bear the connection string; and of greetings no trace tells.
            source = new NpgsqlDataSourceBuilder(Defaults + connection) { Name = Capability }
                .ConfigureTracing(tracing => tracing.ConfigureCommandFilter(command => command.CommandText != Greeting)).Build();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidOperationException($"ConnectionStrings:postgres cannot be used: {e.Message} It looks like Host=db;Database=museum;Username=museum;Password=…", e);
        }
    }

    /// <summary>An open connection that answers; to be disposed of by the caller.</summary>
    /// <exception cref="DependencyException">As <see cref="FailureOf"/> says.</exception>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(ct);
            // A pooled one may be of before the server's restart: that shows here, where it can be tried again.
            await using var hello = new NpgsqlCommand(Greeting, connection);
            await hello.ExecuteScalarAsync(ct);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (e is NpgsqlException failed && FailureOf(failed) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    /// <summary>Null: it is well.</summary>
    public async ValueTask<string?> ProbeAsync(CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        return null;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>What an error means to whoever asked; null: it is a defect of ours.</summary>
    public static DependencyException? FailureOf(NpgsqlException e) => e switch
    {
        PostgresException
        {
            SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DiskFull,
        } => Busy(e),
        PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege,
        } refusal => new("records_away", $"PostgreSQL refuses: {refusal.MessageText}.", e) { Refused = true },
        PostgresException { IsTransient: false, SqlState: not PostgresErrorCodes.ReadOnlySqlTransaction } => null,
        _ => Away(e),
    };

    public static DependencyException Away(Exception cause) => new("records_away", "The record store does not answer.", cause);

    public static DependencyException Busy(Exception? cause = null) => new("content_store_busy", "The exhibits cannot be written just now; nothing is changed.", cause);
}
