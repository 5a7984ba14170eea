using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>How a service declares what can be configured.</summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to its section and declares its settings. Its annotations (nested objects and dictionaries included)
    /// are checked at the start, which a bad value stops; a bad value that comes later leaves the last good options in force.
    /// Read what is <see cref="SettingAttribute.Live"/> through <c>IOptionsMonitor</c> each time it is needed.
    /// </summary>
    public static OptionsBuilder<T> AddRuntimeOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddSettings<T>(section);
        services.TryAddSingleton<IOptionsFactory<T>, LastGoodOptions<T>>();
        services.AddSingleton<IValidateOptions<T>>(new SettingsValidator<T>(section));
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>
    /// The same for options of which there are several, each in <c>SECTION:NAME</c> with defaults of its own; read them by
    /// <c>IOptionsMonitor.Get(NAME)</c>.
    /// </summary>
    public static void AddRuntimeOptions<T>(this IServiceCollection services, string section, string name, Action<T> defaults)
        where T : class, new()
    {
        var key = $"{section}:{name}";
        var first = new T();
        defaults(first);
        services.AddSingleton(new SettingsSection(SettingDescriber.Describe(key, first)));
        services.TryAddSingleton<IOptionsFactory<T>, LastGoodOptions<T>>();
        services.AddSingleton<IValidateOptions<T>>(new SettingsValidator<T>(key, name));
        services.AddOptions<T>(name).Configure(defaults).BindConfiguration(key).ValidateOnStart();
    }

    /// <summary>Declares settings that are bound elsewhere; <paramref name="section"/> may hold <c>*</c> for a segment with any name.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, string section) =>
        services.AddSingleton(new SettingsSection(SettingDescriber.Describe(section, typeof(T))));

    /// <summary>Declares a switch <c>Features:NAME</c> that <see cref="IFeatures"/> reads.</summary>
    public static IServiceCollection AddFeature(this IServiceCollection services, string name, string description, bool isOn) =>
        services.AddSingleton(new SettingsSection([
            new SettingDescription(Features.KeyOf(name), SettingType.Boolean) { Description = description, Default = isOn ? "true" : "false", Live = true },
        ]));
}
