using System.Text.Json.Nodes;

namespace Museum.Gateway.OpenApi;

/// <summary>
/// Several OpenAPI documents as one. Paths are taken as they are, the first one wins; a component whose name is taken by a different one
/// gets its service's name in front, and the references to it with it.
/// </summary>
internal sealed class OpenApiMerge
{
    private const string Pointer = "#/components/";

    private readonly JsonObject paths = [];
    private readonly JsonObject components = [];
    private readonly JsonArray missing = [];
    private readonly SortedSet<string> tags = new(StringComparer.Ordinal);

    /// <param name="service">Prefix for names that are taken.</param>
    /// <param name="document">The service's document; it is taken apart.</param>
    /// <param name="isPublic">Which of its paths are to be reached from outside.</param>
    public void Add(string service, JsonObject document, Func<string, bool> isPublic)
    {
        Rename(document, NewNames(service, document));
        foreach (var (kind, byName) in Members(document["components"]))
        {
            var target = components[kind] as JsonObject ?? [];
            components[kind] = target;
            foreach (var (name, component) in Members(byName))
            {
                target.TryAdd(name, component?.DeepClone());
            }
        }

        foreach (var (path, item) in Members(document["paths"]).Where(p => isPublic(p.Key)))
        {
            if (paths.TryAdd(path, item?.DeepClone()))
            {
                tags.UnionWith(TagsOf(item));
            }
        }
    }

    public void AddMissing(string service) => missing.Add(service);

    public JsonObject Write(string version)
    {
        var schemes = components["securitySchemes"] as JsonObject ?? [];
        schemes["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" };
        components["securitySchemes"] = schemes;
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Museum",
                ["version"] = version,
                ["description"] = "A talking guide. Get a token by POST /api/auth/visitor; the conversation itself runs on the WebSockets /ws/text/stream and /ws/voice/call.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = components,
            ["tags"] = new JsonArray([.. tags.Select(t => new JsonObject { ["name"] = t })]),
            ["x-missing"] = missing,
        };
    }

    private Dictionary<string, string> NewNames(string service, JsonObject document)
    {
        var renamed = new Dictionary<string, string>();
        foreach (var (kind, byName) in Members(document["components"]))
        {
            foreach (var (name, component) in Members(byName))
            {
                if (components[kind]?[name] is { } taken && !JsonNode.DeepEquals(taken, component))
                {
                    renamed[$"{Pointer}{kind}/{name}"] = $"{Pointer}{kind}/{service}.{name}";
                }
            }
        }

        return renamed;
    }

    private static void Rename(JsonObject document, Dictionary<string, string> renamed)
    {
        if (renamed.Count == 0)
        {
            return;
        }

        RenameReferences(document, renamed);
        foreach (var (from, to) in renamed)
        {
            var (kind, name) = (from[Pointer.Length..].Split('/')[0], from[(from.LastIndexOf('/') + 1)..]);
            var byName = document["components"]![kind]!.AsObject();
            var component = byName[name]?.DeepClone();
            byName.Remove(name);
            byName[to[(to.LastIndexOf('/') + 1)..]] = component;
        }
    }

    private static void RenameReferences(JsonNode? node, Dictionary<string, string> renamed)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                RenameReferences(item, renamed);
            }
        }
        else if (node is JsonObject value)
        {
            if (value["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target) && renamed.TryGetValue(target, out var to))
            {
                value["$ref"] = to;
            }

            foreach (var (_, member) in value.ToList())
            {
                RenameReferences(member, renamed);
            }
        }
    }

    private static IEnumerable<string> TagsOf(JsonNode? pathItem) =>
        Members(pathItem).SelectMany(operation => (operation.Value as JsonObject)?["tags"] as JsonArray ?? []).Select(t => t!.GetValue<string>());

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];
}
