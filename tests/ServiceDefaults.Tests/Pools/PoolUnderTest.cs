using System.Diagnostics.Metrics;
using Museum.ServiceDefaults.Pools;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Pools;

/// <summary>A pool as a service registers it, whose clock the test moves.</summary>
internal sealed class PoolUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly IConfigurationRoot configuration;

    public PoolUnderTest(int min = 0, int max = 2, int waiting = 64)
    {
        configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Pools:engines:Min", $"{min}"), new("Pools:engines:Max", $"{max}"), new("Pools:engines:Waiting", $"{waiting}")]).Build();
        var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(Logs));
        services.AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock);
        services.AddResourcePool("engines", _ => { }, _ => Engines);
        provider = services.BuildServiceProvider();
        Meter = new MeterReadings(provider.GetRequiredService<IMeterFactory>(), PoolMetrics.MeterName);
        Pool = provider.GetRequiredService<ResourcePool<TestEngine>>();
    }

    public ManualTime Clock { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public TestEngines Engines { get; } = new();

    public MeterReadings Meter { get; }

    public ResourcePool<TestEngine> Pool { get; }

    public Task<PoolLease<TestEngine>> RentAsync(CancellationToken ct = default) => Pool.RentAsync(ct).AsTask().SoonAsync();

    public void Set(string key, string value)
    {
        configuration["Pools:engines:" + key] = value;
        configuration.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        Meter.Dispose();
        await provider.DisposeAsync();
    }
}
