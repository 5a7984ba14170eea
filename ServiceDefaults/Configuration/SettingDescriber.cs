using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Reads the settings of an options class from its properties, their <see cref="SettingAttribute"/> and their data annotations.</summary>
internal static class SettingDescriber
{
    public static IReadOnlyList<SettingDescription> Describe(string section, Type options) =>
        [.. OfObject(section, options, Activator.CreateInstance(options))];

    /// <param name="section">Where they are configured.</param>
    /// <param name="defaults">The options as they are when nothing is configured.</param>
    public static IReadOnlyList<SettingDescription> Describe(string section, object defaults) => [.. OfObject(section, defaults.GetType(), defaults)];

    /// <summary>The properties that configuration can fill.</summary>
    public static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0);

    public static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable<object> list when value is not string => string.Join(", ", list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public static SettingType? ScalarType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) || type.IsEnum => SettingType.String,
            _ when type == typeof(bool) => SettingType.Boolean,
            _ when type == typeof(int) || type == typeof(long) => SettingType.Integer,
            _ when type == typeof(double) || type == typeof(float) => SettingType.Number,
            _ when type == typeof(TimeSpan) => SettingType.Duration,
            _ when type == typeof(Uri) => SettingType.Uri,
            _ => null,
        };
    }

    public static Type? DictionaryValue(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) && type.GenericTypeArguments[0] == typeof(string) ? type.GenericTypeArguments[1] : null;

    public static bool IsList(Type type) => type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>));

    private static IEnumerable<SettingDescription> OfObject(string prefix, Type type, object? defaults) =>
        Settable(type).SelectMany(p => OfProperty($"{prefix}:{p.Name}", p, p.PropertyType, defaults is null ? null : p.GetValue(defaults)));

    private static IEnumerable<SettingDescription> OfProperty(string key, PropertyInfo property, Type type, object? value)
    {
        if (ScalarType(type) is { } scalar)
        {
            return [Of(key, scalar, property, type, value)];
        }

        if (DictionaryValue(type) is { } entry)
        {
            var named = value is IDictionary { Count: > 0 } defaults && ScalarType(entry) is not null
                ? defaults.Keys.Cast<string>().SelectMany(k => OfProperty($"{key}:{k}", property, entry, defaults[k]))
                : [];
            return named.Concat(OfProperty(key + ":*", property, entry, ScalarType(entry) is null && !IsList(entry) ? Activator.CreateInstance(entry) : null));
        }

        return IsList(type) ? [Of(key, SettingType.List, property, type, value)] : OfObject(key, type, value);
    }

    private static SettingDescription Of(string key, SettingType kind, PropertyInfo property, Type type, object? value)
    {
        var said = property.GetCustomAttribute<SettingAttribute>();
        var range = property.GetCustomAttribute<RangeAttribute>();
        var values = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Select(v => Text(v)!).ToArray();
        var enumeration = Nullable.GetUnderlyingType(type) ?? type;
        return new SettingDescription(key, kind)
        {
            Description = said?.Description ?? "",
            Default = said?.Secret is true ? null : Text(value),
            Minimum = Text(range?.Minimum),
            Maximum = Text(range?.Maximum),
            Allowed = enumeration.IsEnum ? Enum.GetNames(enumeration) : values,
            Required = property.GetCustomAttribute<RequiredAttribute>() is not null,
            Live = said?.Live is true && kind != SettingType.List,
            Secret = said?.Secret is true,
            AdminOnly = said is { AdminOnly: true } or { Secret: true },
        };
    }
}
