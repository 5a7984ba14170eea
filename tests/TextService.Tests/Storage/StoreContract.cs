using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Health;
using Museum.TestKit;
using Museum.TextService.Storage;

namespace TextService.Tests.Storage;

/// <summary>One PostgreSQL for all tests of this project that need it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}

/// <summary>What a store must do wherever it is kept: the tests of its heirs run on files, and on a real server.</summary>
/// <param name="server">Null: files.</param>
public abstract class StoreContract(PostgresServer? server) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("museum-stores-").FullName;
    private readonly List<IHost> replicas = [];
    private KeyValuePair<string, string?>[] settings = [];

    private protected PostgresServer Server => server!;

    private protected IDatabases Databases { get; private set; } = null!;

    private protected ManualTime Time { get; } = new();

    public virtual async Task InitializeAsync()
    {
        settings = [new("Museum:Data", folder), new("ConnectionStrings:postgres", server is null ? null : await server.CreateDatabaseAsync())];
        Databases = await AnotherReplicaAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.StopAsync();
            replica.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The same stores as another process has them.</summary>
    private protected async Task<IDatabases> AnotherReplicaAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<MuseumPaths>().AddSingleton<Capabilities>();
        builder.Services.AddStorage(builder.Configuration);
        var replica = builder.Build();
        replicas.Add(replica);
        await replica.StartAsync();
        return replica.Services.GetRequiredService<IDatabases>();
    }
}
