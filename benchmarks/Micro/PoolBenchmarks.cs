using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Pools;

namespace Museum.Benchmarks.Micro;

/// <summary>Every sentence of flite and espeak-ng rents an engine.</summary>
public class PoolBenchmarks : IPooledResources<object>
{
    private readonly ServiceProvider provider;
    private readonly ResourcePool<object> pool;

    public PoolBenchmarks()
    {
        var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddResourcePool("engines", _ => { }, _ => this);
        provider = services.BuildServiceProvider();
        pool = provider.GetRequiredService<ResourcePool<object>>();
    }

    [GlobalSetup]
    public async Task Fill() => await (await pool.RentAsync(CancellationToken.None)).DisposeAsync();

    [GlobalCleanup]
    public ValueTask Close() => provider.DisposeAsync();

    [Benchmark]
    [Goal(Nanoseconds = 1000, Bytes = 300)]
    public async Task Rent_one_and_give_it_back() => await (await pool.RentAsync(CancellationToken.None)).DisposeAsync();

    public Task<object> CreateAsync(CancellationToken cancellationToken) => Task.FromResult(new object());

    public ValueTask DestroyAsync(object resource) => ValueTask.CompletedTask;
}
