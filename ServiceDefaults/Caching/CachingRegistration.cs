using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;

namespace Museum.ServiceDefaults.Caching;

/// <summary>Adds caches, one per kind of value.</summary>
public static class CachingRegistration
{
    /// <summary>An <see cref="ICache{T}"/> with the settings <c>Cache:{kind.Name}</c>. One kind per type of value.</summary>
    public static IServiceCollection AddCache<T>(this IServiceCollection services, CacheKind<T> kind)
    {
        services.AddRuntimeOptions("Cache", kind.Name, kind.Defaults);
        services.AddKeepers();
        services.AddSingleton(provider => Create(kind, provider));
        services.AddSingleton<ICache<T>>(provider => provider.GetRequiredService<LeveledCache<T>>());
        services.AddSingleton<IKeptCache>(provider => provider.GetRequiredService<LeveledCache<T>>());
        return services;
    }

    public static IServiceCollection AddPrefetcher(this IServiceCollection services)
    {
        services.AddRuntimeOptions<PrefetchOptions>(PrefetchOptions.Section);
        return services.AddSingleton<Prefetcher>();
    }

    private static LeveledCache<T> Create<T>(CacheKind<T> kind, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<CacheOptions>>();
        var time = provider.GetRequiredService<TimeProvider>();
        var statistics = new CacheStatistics();
        ISecondLevel? second = kind.Levels switch
        {
            CacheLevels.MemoryAndRedis => new RedisLevel(kind.Name, provider.GetRequiredService<RedisStore>()),
            CacheLevels.MemoryAndFiles => new FileLevel(
                provider.GetRequiredService<MuseumPaths>().DataOf(Path.Combine("cache", kind.Name)), () => options.Get(kind.Name).FileBytes, statistics, time),
            _ => null,
        };
        return new LeveledCache<T>(kind, options, provider.GetRequiredService<CacheTags>(), statistics, second, provider.GetRequiredService<SecondLevelWriter>(), time);
    }

    private static void AddKeepers(this IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(CacheTags)))
        {
            return;
        }

        services.AddRedisStore();
        services.AddSingleton<CacheTags>();
        services.AddSingleton<IVersionedState>(provider => provider.GetRequiredService<CacheTags>());
        services.AddSingleton<SecondLevelWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<SecondLevelWriter>());
        services.AddHostedService<CacheUpkeep>();
        services.AddSingleton<IReleasesMemory, CachesRelease>();
        services.AddSingleton<CacheMetrics>();
    }
}
