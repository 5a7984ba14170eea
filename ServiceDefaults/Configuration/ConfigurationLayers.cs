using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>config/global.json &lt; config/services/NAME.json &lt; environment; the files are read again when they change.</summary>
public static class ConfigurationLayers
{
    public static MuseumPaths AddConfigurationLayers(this WebApplicationBuilder builder, string service)
    {
        var paths = new MuseumPaths(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(paths);

        // Before everything else in the chain, so that appsettings' own endpoints, environment and command line win.
        var sources = builder.Configuration.Sources;
        // The host's own switch; tests that start many services would run out of file watchers.
        var reload = builder.Configuration.GetValue("hostBuilder:reloadConfigOnChange", defaultValue: true);
        sources.Insert(0, new HouseFile(Path.Combine(paths.Home, "config", "global.json"), reload));
        sources.Insert(1, new HouseFile(Path.Combine(paths.Home, "config", "services", service + ".json"), reload));
        return paths;
    }

    private sealed class HouseFile(string path, bool reload) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder)
        {
            var source = new JsonConfigurationSource { Path = path, Optional = true, ReloadOnChange = reload };
            source.ResolveFileProvider();
            return new OwningProvider(source);
        }
    }

    /// <summary>Ends its watch of the file with itself; a machine has only so many (inotify: 128 per user).</summary>
    private sealed class OwningProvider(JsonConfigurationSource source) : JsonConfigurationProvider(source)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            (Source.FileProvider as IDisposable)?.Dispose();
        }
    }
}
