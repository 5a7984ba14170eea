using System.Text.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.Architecture.Tests;

/// <summary>config/*.json and the schemas that editors check them with.</summary>
public sealed class SchemaTests
{
    private static readonly string[] Services = [.. Repository.Services.Select(s => s.ToLowerInvariant()).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Repository.Files("*.json").Where(f => f.StartsWith("config/", StringComparison.Ordinal))];

    [Fact]
    public void The_schema_of_the_global_file_is_all_services_together()
    {
        var all = Read("config/schema/gateway.schema.json");
        all["title"] = "global";
        foreach (var service in Services)
        {
            Merge(all, Read($"config/schema/{service}.schema.json"));
        }

        SchemaFile.AssertFresh("global", all);
    }

    /// <summary>Strictly: no comments, no trailing commas, no key twice.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void A_configuration_file_is_valid_JSON(string file) =>
        JsonDocument.Parse(Repository.Read(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false, AllowDuplicateProperties = false }).Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_configuration_file_names_its_schema_and_has_only_what_that_knows(string file)
    {
        if (file.StartsWith("config/schema/", StringComparison.Ordinal))
        {
            return;
        }

        var content = Read(file);
        var schema = Path.GetFullPath((string)content["$schema"]!, Path.GetDirectoryName(Path.Combine(Repository.Root, file))!);
        Assert.EndsWith(Path.GetFileNameWithoutExtension(file) + ".schema.json", schema, StringComparison.Ordinal);
        Assert.Empty(Unknown("", content, JsonNode.Parse(File.ReadAllText(schema))!.AsObject()));
    }

    private static JsonObject Read(string path) => JsonNode.Parse(Repository.Read(path))!.AsObject();

    private static void Merge(JsonObject into, JsonObject other)
    {
        foreach (var (name, value) in other["properties"] as JsonObject ?? [])
        {
            var properties = (JsonObject)(into["properties"] ??= new JsonObject());
            if (properties[name] is not JsonObject there)
            {
                properties[name] = value!.DeepClone();
            }
            else if ((string?)there["type"] == "object")
            {
                Merge(there, (JsonObject)value!);
            }
            else if (!JsonNode.DeepEquals(there, value))
            {
                // Several services read it, and each has its own limits.
                properties[name] = new JsonObject { ["description"] = there["description"]!.DeepClone(), ["allOf"] = new JsonArray(there.DeepClone(), value!.DeepClone()) };
            }
        }
    }

    private static IEnumerable<string> Unknown(string prefix, JsonObject content, JsonObject schema) => content.SelectMany(member =>
    {
        var known = schema["properties"]?[member.Key] ?? schema["additionalProperties"];
        return known switch
        {
            null => [],
            JsonValue open => open.GetValue<bool>() ? [] : [prefix + member.Key],
            _ when member.Value is JsonObject section => Unknown($"{prefix}{member.Key}:", section, (JsonObject)known),
            _ => [],
        };
    });
}
