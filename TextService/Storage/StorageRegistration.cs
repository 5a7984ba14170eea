using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Resilience;

namespace Museum.TextService.Storage;

internal static class StorageRegistration
{
    /// <summary>PostgreSQL where <c>ConnectionStrings:postgres</c> names one, else files in <c>data/text</c>.</summary>
    public static void AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        // Of the opening of a connection; a statement has its own time. What is down is probed, so that nobody has to wait for it.
        services.AddPipeline(PostgresConnections.Pipeline, o => (o.Timeout, o.TotalTimeout, o.Retries) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), 2));
        if (configuration.GetConnectionString("postgres") is not { Length: > 0 } connection)
        {
            services.AddSingleton<IDatabases>(provider => new SqliteDatabases(provider.GetRequiredService<MuseumPaths>().DataOf("text")));
            return;
        }

        // Made now, so that a slip in it is told at the start.
        var postgres = new PostgresConnections(connection);
        services.AddSingleton(_ => postgres);
        services.AddProviders<PostgresConnections>(
            provider =>
            [
                new()
                {
                    Name = PostgresConnections.Pipeline,
                    Load = _ => new(provider.GetRequiredService<PostgresConnections>()),
                    Probe = (server, ct) => server.ProbeAsync(ct),
                    Pipeline = PostgresConnections.Pipeline,
                },
            ],
            _ => [new(PostgresConnections.Capability, PostgresConnections.Pipeline)]);
        services.AddSingleton<IDatabases>(provider => new PostgresDatabases(provider.GetRequiredService<Providers<PostgresConnections>>().Capabilities[PostgresConnections.Capability]));
    }
}
