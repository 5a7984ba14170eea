using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Redis;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Which version of the overrides holds here; what of it does not, and why, by key.</summary>
internal sealed record OverridesInForce(long Version, IReadOnlyDictionary<string, string> Skipped);

/// <summary>
/// Brings what was changed at run time from the store into this service's configuration, within 500 ms of the change. What this service
/// cannot use (an older version's key, a value written past the API) is skipped with a warning; while the store is away, what was seen last stays.
/// </summary>
internal sealed partial class RuntimeOverrides(
    ServiceIdentity identity, RedisStore redis, SettingsCatalog catalog, OverrideLayer layer, SecretBox secrets, ILogger<RuntimeOverrides> logger) : IVersionedState
{
    public string Name => OverrideDocument.StateName;

    /// <summary>After a version was read, be it one that changes nothing here.</summary>
    public event Action? Applied;

    public OverridesInForce InForce { get; private set; } = new(0, new Dictionary<string, string>());

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        string? text = await redis.RunAsync(db => db.StringGetAsync(OverrideDocument.Key), cancellationToken);
        OverrideDocument document;
        try
        {
            document = OverrideDocument.Parse(text);
        }
        catch (JsonException e)
        {
            LogUnreadable(logger, e.Message);
            return;
        }

        var accepted = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var skipped = new Dictionary<string, string>();
        // A service's own comes after, and wins.
        Take(document.Of(OverrideDocument.Global), isOwn: false, accepted, skipped);
        Take(document.Of(identity.Service), isOwn: true, accepted, skipped);
        InForce = new OverridesInForce(document.Version, skipped);
        layer.Replace(accepted);
        Applied?.Invoke();
        LogApplied(logger, document.Version, accepted.Count, skipped.Count);
    }

    private void Take(IReadOnlyDictionary<string, JsonElement> settings, bool isOwn, Dictionary<string, string> accepted, Dictionary<string, string> skipped)
    {
        foreach (var (key, value) in settings)
        {
            var setting = catalog.Find(key);
            if (setting is null && !isOwn)
            {
                continue;
            }

            if (Read(setting, value, out var why) is { } text)
            {
                accepted[setting!.Key] = text;
            }
            else
            {
                skipped[key] = why;
                LogSkipped(logger, key, why);
            }
        }
    }

    private string? Read(SettingDescription? setting, JsonElement value, out string why)
    {
        why = setting switch
        {
            null => "This service has no such setting.",
            { Live: false } => "It cannot be changed while the service runs.",
            { Secret: true } when !SecretBox.IsSealed(value) => "A secret must be sealed.",
            _ => $"It must be {setting.Demand}.",
        };
        if (setting is not { Live: true } || setting.Secret != SecretBox.IsSealed(value))
        {
            return null;
        }

        try
        {
            return setting.Secret ? secrets.Open(setting.Key, value) : SettingValue.Read(setting, value);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            why = "It was sealed with another key than <data>/config/secrets.key of this machine.";
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The overrides in the store cannot be read, those in force stay: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The override of {Key} is skipped: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string key, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Overrides of version {Version} are in force: {Accepted}; skipped: {Skipped}")]
    private static partial void LogApplied(ILogger logger, long version, int accepted, int skipped);
}
