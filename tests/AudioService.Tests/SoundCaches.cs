using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.AudioService.Tests;

/// <summary>The cache of sounds as the service has it, for tests that need no service.</summary>
internal static class SoundCaches
{
    public static SoundCache InMemory(double megabytes = 128) => new(Services(
        KeptSound.Kind with { Levels = CacheLevels.Memory, Defaults = options => options.MemoryMb = megabytes }, Path.GetTempPath()).GetRequiredService<ICache<KeptSound>>());

    /// <summary>Has no room for any sound: each is made, unless it is being made just then.</summary>
    public static SoundCache WithoutRoom() => InMemory(megabytes: 0.001);

    /// <summary>With files in the folder. To be disposed of, after what was made has been written.</summary>
    public static ServiceProvider WithFiles(string folder) => Services(KeptSound.Kind, folder);

    public static ServiceProvider Services(
        CacheKind<KeptSound> kind, string folder, TimeProvider? time = null, Action<IServiceCollection>? more = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection([new("MUSEUM_DATA", folder), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]);
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(builder.Configuration)
            .AddSingleton(new MuseumPaths(builder.Configuration, builder.Environment))
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<Capabilities>()
            .AddSingleton<WorkScheduler>()
            .AddCache(kind);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
