using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.Gateway.OpenApi;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class OpenApiTests
{
    // A service that is cold on a busy machine takes its time for its first document.
    private static readonly Dictionary<string, string> Patient = new()
    {
        ["Resilience:textservice:Timeout"] = "00:00:30",
        ["Resilience:textservice:TotalTimeout"] = "00:01:00",
        ["Resilience:audioservice:Timeout"] = "00:00:30",
        ["Resilience:audioservice:TotalTimeout"] = "00:01:00",
    };

    [Fact]
    public async Task One_document_holds_the_paths_of_all_services_and_names_those_that_are_missing()
    {
        var text = new Upstream("textservice") { OpenApi = Document("/api/text/process", "Answer", "string") };
        var audio = new Upstream("audioservice") { OpenApi = Document("/api/audio/tts", "Answer", "integer") };
        await using var gateway = await GatewayUnderTest.StartAsync([text, audio], Patient);

        var merged = await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json");

        Assert.Subset(Keys(merged!["paths"]).ToHashSet(), new HashSet<string> { "/api/text/process", "/api/audio/tts", "/api/status" });
        Assert.DoesNotContain("/internal", Keys(merged["paths"]));
        Assert.Equal(["sessionservice", "voicecallservice", "avatarservice"], merged["x-missing"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.Equal("http", merged["components"]!["securitySchemes"]!["bearer"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_service_that_comes_late_is_in_the_document_soon()
    {
        var text = new Upstream("textservice");
        await using var gateway = await GatewayUnderTest.StartAsync([text], GatewayUnderTest.Unlimited);
        Assert.DoesNotContain("/api/text/process", Keys((await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!["paths"]));

        text.OpenApi = Document("/api/text/process", "Answer", "string");

        await Eventually.TrueAsync(async () =>
            Keys((await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!["paths"]).Contains("/api/text/process"));
    }

    [Fact]
    public async Task A_service_that_is_away_is_soon_not_asked_any_more_and_asked_again_when_its_breaker_lets_one_call_through()
    {
        var text = new Upstream("textservice") { OpenApi = Document("/api/text/process", "Answer", "string") };
        await using var gateway = await GatewayUnderTest.StartAsync([text], new Dictionary<string, string>
        {
            // Every request asks the services.
            ["Cache:openapi:NegativeTimeToLive"] = "00:00:00",
            ["Resilience:textservice:BreakFor"] = "00:00:00.5",
            // However long each of the requests takes.
            ["Resilience:textservice:BreakerThroughput"] = "2",
            ["Resilience:textservice:BreakerWindow"] = "00:01:00",
        });
        await text.StopAsync();

        await Eventually.TrueAsync(async () =>
        {
            Assert.DoesNotContain("/api/text/process", Keys((await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!["paths"]));
            return await BreakerAsync(gateway) == "open";
        });

        await text.StartAsync();
        await Eventually.TrueAsync(async () =>
            Keys((await gateway.Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!["paths"]).Contains("/api/text/process"));
        Assert.Equal("closed", await BreakerAsync(gateway));
    }

    [Fact]
    public void Equal_schemas_are_shared_and_different_ones_of_a_name_get_their_service_s_name()
    {
        var merge = new OpenApiMerge();
        merge.Add("textservice", Document("/api/a", "Answer", "string"), _ => true);
        merge.Add("audioservice", Document("/api/b", "Answer", "integer"), _ => true);
        merge.Add("voicecallservice", Document("/api/c", "Answer", "string"), _ => true);

        var merged = merge.Write("1");

        Assert.Equal(["Answer", "Nested", "audioservice.Answer"], Keys(merged["components"]!["schemas"]).Order(StringComparer.Ordinal));
        Assert.Equal("#/components/schemas/Answer", Reference(merged, "/api/a"));
        Assert.Equal("#/components/schemas/audioservice.Answer", Reference(merged, "/api/b"));
        Assert.Equal("#/components/schemas/Answer", Reference(merged, "/api/c"));
        Assert.Equal("integer", merged["components"]!["schemas"]!["audioservice.Answer"]!["properties"]!["text"]!["type"]!.GetValue<string>());
    }

    private static async Task<string?> BreakerAsync(GatewayUnderTest gateway) =>
        (string?)(await gateway.Client.GetFromJsonAsync<JsonObject>("/health"))!["breakers"]!["textservice"]!["state"];

    private static string Reference(JsonObject document, string path) =>
        document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>();

    private static IEnumerable<string> Keys(JsonNode? node) => node!.AsObject().Select(p => p.Key);

    private static JsonObject Document(string path, string schema, string type) => JsonNode.Parse($$"""
        {
          "openapi": "3.1.1",
          "info": { "title": "x", "version": "1" },
          "paths": {
            "{{path}}": { "get": { "tags": ["t"], "responses": { "200": { "description": "OK", "content": { "application/json": {
              "schema": { "$ref": "#/components/schemas/{{schema}}" } } } } } } },
            "/internal": { "get": { "responses": {} } }
          },
          "components": { "schemas": {
            "{{schema}}": { "type": "object", "properties": { "text": { "type": "{{type}}" }, "nested": { "$ref": "#/components/schemas/Nested" } } },
            "Nested": { "type": "object" }
          } }
        }
        """)!.AsObject();
}
