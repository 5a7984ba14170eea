using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Museum.TestKit;

/// <summary>The OpenAPI documents that clients are generated from: one of each service, and all of them as the gateway merges them.</summary>
public static class OpenApiFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string PathOf(string service) => $"web/openapi/{service}.json";

    /// <summary>Holds the service's file against what it describes itself to be.</summary>
    public static async Task AssertFreshAsync(string service, HttpClient client)
    {
        var document = (await client.GetFromJsonAsync<JsonObject>("/openapi/v1.json").WaitAsync(Eventually.DefaultTimeout))!;
        // Where it runs is a matter of the moment.
        document.Remove("servers");
        AssertFresh(PathOf(service), document);
    }

    public static void AssertFresh(string path, JsonObject document) => GeneratedFile.AssertFresh(path, document.ToJsonString(Indented) + "\n");
}
