using System.Text.Json;
using System.Text.Json.Serialization;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>
/// All overrides as the store keeps them, for example
/// <c>{"version":3,"settings":{"global":{"Logging:LogLevel:Default":"Debug"},"gateway":{"RateLimit:PermitLimit":50}}}</c>.
/// The value of a secret is <c>{"sealed":"…"}</c>; see <see cref="SecretBox"/>.
/// </summary>
public sealed record OverrideDocument
{
    /// <summary>The string in Redis.</summary>
    public const string Key = "museum:config:overrides";

    /// <summary>The name under which <c>VersionedState</c> counts its changes.</summary>
    public const string StateName = "config";

    /// <summary>The scope whose settings hold for every service that knows them.</summary>
    public const string Global = "global";

    public static readonly OverrideDocument Empty = new();

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Goes up with every change.</summary>
    public long Version { get; init; }

    /// <summary>Scope (<see cref="Global"/> or a service), then key, then value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Settings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <exception cref="JsonException">The text is no such document.</exception>
    public static OverrideDocument Parse(string? text) =>
        string.IsNullOrEmpty(text) ? Empty : JsonSerializer.Deserialize<OverrideDocument>(text, Json) ?? throw new JsonException("The overrides are null.");

    public override string ToString() => JsonSerializer.Serialize(this, Json);

    public IReadOnlyDictionary<string, JsonElement> Of(string scope) => Settings.GetValueOrDefault(scope, new Dictionary<string, JsonElement>());
}
