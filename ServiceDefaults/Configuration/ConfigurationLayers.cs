using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Museum.ServiceDefaults.Redis;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>
/// config/global.json &lt; config/services/NAME.json &lt; environment &lt; what was changed at run time. The files are looked at every 4 s.
/// </summary>
public static class ConfigurationLayers
{
    public static MuseumPaths AddConfigurationLayers(this WebApplicationBuilder builder, string service)
    {
        var paths = new MuseumPaths(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(paths);

        // Before everything else in the chain, so that appsettings' own endpoints, environment and command line win.
        var sources = builder.Configuration.Sources;
        sources.Insert(0, new HouseFile(Path.Combine(paths.Home, "config", "global.json")));
        sources.Insert(1, new HouseFile(Path.Combine(paths.Home, "config", "services", service + ".json")));
        builder.AddRuntimeOverrides(service);
        return paths;
    }

    private static void AddRuntimeOverrides(this WebApplicationBuilder builder, string service)
    {
        var layer = new OverrideLayer();
        builder.Configuration.Sources.Add(layer);
        var services = builder.Services;
        services.AddSingleton(layer);
        services.AddSingleton(new ServiceIdentity(service));
        services.AddSingleton(provider => new SettingsCatalog(provider.GetServices<SettingsSection>().SelectMany(s => s.Settings)));
        services.AddSingleton<SecretBox>();
        services.AddSingleton<EffectiveSettings>();
        services.AddSingleton<RuntimeOverrides>();
        services.AddSingleton<IVersionedState>(provider => provider.GetRequiredService<RuntimeOverrides>());
        services.AddHostedService<ReportPublisher>();
        services.AddSingleton<IFeatures, Features>();
    }

    private sealed class HouseFile(string path) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder)
        {
            // By looking: a machine has only so many watches (inotify: 128 per user) for many services of two files each.
            var files = new PhysicalFileProvider(Existing(path)) { UsePollingFileWatcher = true, UseActivePolling = true };
            return new OwningProvider(new JsonConfigurationSource
            {
                FileProvider = files,
                Path = Path.GetRelativePath(files.Root, path).Replace('\\', '/'),
                Optional = true,
                ReloadOnChange = true,
            });
        }

        /// <summary>The nearest folder above that is there; a file may come later.</summary>
        private static string Existing(string path)
        {
            var folder = Path.GetDirectoryName(path)!;
            return Directory.Exists(folder) ? folder : Existing(folder);
        }
    }

    /// <summary>Ends its watch of the file with itself.</summary>
    private sealed class OwningProvider(JsonConfigurationSource source) : JsonConfigurationProvider(source)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            (Source.FileProvider as IDisposable)?.Dispose();
        }
    }
}
