using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

/// <summary>A replica with one cache, whose clock the test moves; with a Redis or a data folder it shares them with others.</summary>
internal sealed class CacheHost<T> : IAsyncDisposable
{
    private readonly IHost host;
    private readonly DirectoryInfo? own;

    private CacheHost(CacheKind<T> kind, string? data, string? redis, (string Key, string Value)[] settings)
    {
        own = data is null ? Directory.CreateTempSubdirectory("museum-cache-") : null;
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection([new("MUSEUM_DATA", data ?? own!.FullName), new("ConnectionStrings:redis", redis), new("Resilience:redis:Timeout", "00:00:10"), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]);
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(new MuseumPaths(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton<Capabilities>();
        // Redis lives in real time, and its breaker with it. What has to wait for a busy machine is waited for.
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Pipelines>(provider, TimeProvider.System));
        builder.Services.AddHostedService<VersionedStateWatcher>();
        builder.AddScheduling();
        builder.Services.AddMemoryGuard();
        builder.Services.AddCache(kind);
        host = builder.Build();
    }

    public ManualTime Clock { get; } = new();

    public LogCapture Log { get; } = new();

    public ICache<T> Cache => Get<ICache<T>>();

    public LeveledCache<T> Kept => Get<LeveledCache<T>>();

    public CacheTags Tags => Get<CacheTags>();

    public string Files => Get<MuseumPaths>().DataOf(Path.Combine("cache", Kept.Kind));

    public static async Task<CacheHost<T>> StartAsync(CacheKind<T> kind, string? data = null, RedisServer? redis = null, params (string Key, string Value)[] settings)
    {
        var started = new CacheHost<T>(kind, data, redis?.ConnectionString, settings);
        await started.host.StartAsync();
        if (redis is not null)
        {
            await Eventually.TrueAsync(() => started.Get<RedisStore>().IsConnected);
        }

        return started;
    }

    public TService Get<TService>()
        where TService : notnull => host.Services.GetRequiredService<TService>();

    public MeterReadings Meter(string name) => new(Get<IMeterFactory>(), name);

    /// <summary>As a setting that is changed while the service runs.</summary>
    public void Set(string key, string value)
    {
        var configuration = (IConfigurationRoot)Get<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    /// <summary>What was set so far is written: the writer works in order.</summary>
    public Task WrittenAsync() => Get<SecondLevelWriter>().RunAsync(_ => Task.CompletedTask, CancellationToken.None).SoonAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().SoonAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        own?.Delete(recursive: true);
    }
}

/// <summary>Texts as values: a byte a character.</summary>
internal static class Texts
{
    public static CacheKind<string?> Kind(CacheLevels levels = CacheLevels.Memory) => new("texts") { Levels = levels, SizeOf = text => text?.Length ?? 0 };

    public static CacheKey Key(string name) => CacheKey.Of(("name", name));

    public static ValueTask<string?> GetAsync(this CacheHost<string?> host, string name, string? made, CacheEntryOptions? options = null) =>
        host.Cache.GetOrCreateAsync(Key(name), _ => Task.FromResult(made), options);

    public static async Task<bool> HasAsync(this CacheHost<string?> host, string name) => (await host.Cache.GetAsync(Key(name))).Found;
}
