using System.Globalization;
using System.Text.Json;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Holds a JSON value against the description of its setting.</summary>
public static class SettingValue
{
    private const int LongestText = 4096;

    /// <summary>The value as configuration writes it, or null if it is not what the setting demands.</summary>
    public static string? Read(SettingDescription setting, JsonElement value)
    {
        var text = (setting.Type, value.ValueKind) switch
        {
            (SettingType.Boolean, JsonValueKind.True or JsonValueKind.False) => value.GetRawText(),
            (SettingType.Integer, JsonValueKind.Number) when value.TryGetInt64(out var whole) && IsWithin(setting, whole, Number) => Text(whole),
            (SettingType.Number, JsonValueKind.Number) when IsWithin(setting, value.GetDouble(), Number) => Text(value.GetDouble()),
            // Not a bare number, which TimeSpan would take for days.
            (SettingType.Duration, JsonValueKind.String) when TimeSpan.TryParseExact(value.GetString(), "c", CultureInfo.InvariantCulture, out var time)
                && IsWithin(setting, time, t => TimeSpan.Parse(t, CultureInfo.InvariantCulture)) => Text(time),
            (SettingType.Uri, JsonValueKind.String) when Uri.TryCreate(value.GetString(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => uri.ToString(),
            (SettingType.String, JsonValueKind.String) when value.GetString() is { Length: <= LongestText } s && (s.Length > 0 || !setting.Required) => s,
            _ => null,
        };
        return text is null || setting.Allowed is null ? text : setting.Allowed.FirstOrDefault(a => string.Equals(a, text, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsWithin<T>(SettingDescription setting, T value, Func<string, T> parse)
        where T : IComparable<T> =>
        (setting.Minimum is null || value.CompareTo(parse(setting.Minimum)) >= 0) && (setting.Maximum is null || value.CompareTo(parse(setting.Maximum)) <= 0);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text<T>(T value) => SettingDescriber.Text(value);
}
