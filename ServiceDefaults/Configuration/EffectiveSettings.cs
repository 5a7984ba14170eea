using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>A value in force, and the layer that it comes from. Of a secret only <c>set</c> or nothing.</summary>
public sealed record SettingReading(string? Value, string Source);

/// <summary>What is configured right now, setting by setting. Only declared settings are told: connection strings, for one, never are.</summary>
internal sealed class EffectiveSettings(IConfiguration configuration, SettingsCatalog catalog)
{
    public const string Default = "default";

    public IReadOnlyDictionary<string, SettingReading> Read()
    {
        var readings = new SortedDictionary<string, SettingReading>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in catalog.All)
        {
            foreach (var key in Expand("", setting.Key.Split(':')))
            {
                readings.TryAdd(key, Read(setting, key));
            }
        }

        return readings;
    }

    /// <summary>The keys that <c>*</c> stands for in the configuration as it is.</summary>
    private IEnumerable<string> Expand(string prefix, ReadOnlySpan<string> rest)
    {
        if (rest.IsEmpty)
        {
            return [prefix];
        }

        var tail = rest[1..].ToArray();
        return rest[0] == "*"
            ? configuration.GetSection(prefix).GetChildren().SelectMany(child => Expand(child.Path, tail))
            : Expand(prefix.Length == 0 ? rest[0] : $"{prefix}:{rest[0]}", tail);
    }

    private SettingReading Read(SettingDescription setting, string key)
    {
        var items = setting.Type == SettingType.List ? configuration.GetSection(key).GetChildren().ToArray() : [];
        var value = items.Length > 0 ? string.Join(", ", items.Select(i => i.Value)) : configuration[key];
        var source = value is null ? Default : SourceOf(items.Length > 0 ? items[0].Path : key);
        return setting.Secret
            ? new SettingReading(string.IsNullOrEmpty(value) ? null : "set", source)
            : new SettingReading(WithoutCredentials(setting, value ?? setting.Default), source);
    }

    private string SourceOf(string key) =>
        ((IConfigurationRoot)configuration).Providers.Reverse().FirstOrDefault(p => p.TryGet(key, out _)) switch
        {
            OverrideLayer => "override",
            EnvironmentVariablesConfigurationProvider => "environment",
            CommandLineConfigurationProvider => "command_line",
            JsonConfigurationProvider file => FileName(file),
            _ => "host",
        };

    /// <summary><c>global.json</c>, <c>services/NAME.json</c>, <c>appsettings.json</c>.</summary>
    private static string FileName(JsonConfigurationProvider file)
    {
        var path = file.Source.FileProvider!.GetFileInfo(file.Source.Path!).PhysicalPath!;
        return Path.GetFileName(Path.GetDirectoryName(path)) == "services" ? "services/" + Path.GetFileName(path) : Path.GetFileName(path);
    }

    private static string? WithoutCredentials(SettingDescription setting, string? value) =>
        setting.Type == SettingType.Uri && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.ToString()
            : value;
}
