using System.Globalization;
using System.Text.Json.Nodes;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>A service's settings as a JSON schema (2020-12), by which editors complete and check its configuration file.</summary>
public static class SettingsSchema
{
    private const string Properties = "properties";
    private const string Others = "additionalProperties";

    public static JsonObject Of(string title, SettingsCatalog catalog)
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["type"] = "object",
            [Properties] = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } },
        };
        foreach (var setting in catalog.All)
        {
            Place(root, setting.Key.Split(':'), Leaf(setting));
        }

        return root;
    }

    private static void Place(JsonObject node, ReadOnlySpan<string> path, JsonObject leaf)
    {
        var isLast = path.Length == 1;
        if (path[0] == "*")
        {
            // Named entries beside it are its defaults, and are of its kind.
            node[Others] = isLast ? leaf : Within(node[Others] as JsonObject ?? Section(), path[1..], leaf);
            return;
        }

        var properties = (JsonObject)(node[Properties] ??= new JsonObject());
        properties[path[0]] = isLast ? leaf : Within((JsonObject?)properties[path[0]]?.DeepClone() ?? Section(path[0] == "Logging"), path[1..], leaf);
    }

    private static JsonObject Within(JsonObject section, ReadOnlySpan<string> path, JsonObject leaf)
    {
        section = (JsonObject)section.DeepClone();
        Place(section, path, leaf);
        return section;
    }

    /// <summary>Closed, so that a slip of the pen is seen; the framework's own sections have more than is declared here.</summary>
    private static JsonObject Section(bool isOpen = false) => new() { ["type"] = "object", [Others] = isOpen };

    private static JsonObject Leaf(SettingDescription setting)
    {
        var leaf = new JsonObject { ["description"] = Sentence(setting) };
        switch (setting.Type)
        {
            case SettingType.Integer or SettingType.Number:
                leaf["type"] = setting.Type == SettingType.Integer ? "integer" : "number";
                Bound(leaf, "minimum", setting.Minimum);
                Bound(leaf, "maximum", setting.Maximum);
                Default(leaf, setting, Number);
                break;
            case SettingType.Boolean:
                leaf["type"] = "boolean";
                Default(leaf, setting, text => text == "true");
                break;
            case SettingType.List:
                leaf["type"] = "array";
                break;
            case SettingType.Duration:
                leaf["type"] = "string";
                leaf["pattern"] = @"^([0-9]+\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?$";
                Default(leaf, setting, text => text);
                break;
            default:
                leaf["type"] = "string";
                Default(leaf, setting, text => text);
                break;
        }

        if (setting.Allowed is { } allowed)
        {
            leaf["enum"] = new JsonArray([.. allowed.Select(a => leaf["type"]!.GetValue<string>() == "string" ? a : Number(a))]);
        }

        return leaf;
    }

    private static string Sentence(SettingDescription setting) => string.Join(
        ' ',
        new[]
        {
            setting.Description,
            setting.Type == SettingType.Duration && setting.Minimum is not null ? $"From {setting.Minimum} to {setting.Maximum}." : null,
            setting.Live ? "Can be changed while the service runs." : null,
            setting.Secret ? "A secret: better in the environment than in a file." : null,
        }.Where(part => part is not null));

    private static void Bound(JsonObject leaf, string name, string? text)
    {
        if (text is not null)
        {
            leaf[name] = Number(text);
        }
    }

    private static void Default(JsonObject leaf, SettingDescription setting, Func<string, JsonNode> read)
    {
        if (setting.Default is { Length: > 0 } text)
        {
            leaf["default"] = read(text);
        }
    }

    private static JsonNode Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
