using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Museum.TestKit;

/// <summary>The schemas that editors check config/*.json with: made from the options classes, kept in config/schema, and never stale.</summary>
public static class SchemaFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Holds the file of that name against what the options say today; <c>./museum schemas</c> writes it instead.</summary>
    public static void AssertFresh(string name, JsonObject schema)
    {
        GeneratedFile.AssertFresh($"config/schema/{name}.schema.json", schema.ToJsonString(Indented) + "\n");
        Assert.All(Leaves(schema), leaf => Assert.False(string.IsNullOrWhiteSpace((string?)leaf.Node["description"]), $"{leaf.Key} has no [Setting(\"…\")] that says what it does."));
    }

    private static IEnumerable<(string Key, JsonObject Node)> Leaves(JsonObject node, string prefix = "")
    {
        var below = (node["properties"] as JsonObject ?? []).Where(p => p.Key != "$schema").Append(new("*", node["additionalProperties"]));
        return below.Where(b => b.Value is JsonObject).SelectMany(b => (string?)b.Value!["type"] == "object"
            ? Leaves((JsonObject)b.Value, $"{prefix}{b.Key}:")
            : [($"{prefix}{b.Key}", (JsonObject)b.Value)]);
    }
}
