using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.ServiceDefaults.Caching;

/// <summary>A cache as its keepers see it.</summary>
internal interface IKeptCache
{
    string Kind { get; }

    CacheStatistics Statistics { get; }

    /// <summary>Of memory.</summary>
    long Bytes { get; }

    int Count { get; }

    /// <summary>Drops what is over, and keeps the second level within its bounds.</summary>
    void Tidy();

    /// <returns>Bytes of memory given up.</returns>
    long Halve();
}

/// <summary>Tidies the caches every half minute: reading never finds what is over, but what nobody reads must go too.</summary>
internal sealed class CacheUpkeep : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly RecurringWork tidying;

    /// <param name="metrics">Not used here: the meter lives as long as the caches do.</param>
    public CacheUpkeep(IEnumerable<IKeptCache> caches, CacheMetrics metrics, WorkScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        tidying = new RecurringWork(scheduler, "tidy_caches", Every, _ =>
        {
            foreach (var cache in caches)
            {
                cache.Tidy();
            }

            return Task.CompletedTask;
        });
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        tidying.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => tidying.Dispose();
}

/// <summary>Under memory pressure every cache gives up half, before anything else does: what it held can be made again.</summary>
internal sealed class CachesRelease(IEnumerable<IKeptCache> caches) : IReleasesMemory
{
    public string Name => "caches";

    public int Order => ReleaseOrder.Caches;

    public long Release() => caches.Sum(cache => cache.Halve());
}
