using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Museum.TestKit;

/// <summary>The OpenAPI documents that clients are generated from: one of each service, and all of them as the gateway merges them.</summary>
public static class OpenApiFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Holds the service's file against what it describes itself to be.</summary>
    /// <param name="service">Its name in the AppHost.</param>
    /// <param name="create">The service of these arguments, all its paths mapped.</param>
    public static async Task AssertFreshAsync(string service, Func<string[], WebApplication> create)
    {
        var ports = FreePorts.Take(2);
        var data = Directory.CreateTempSubdirectory("museum-openapi-");
        await using (var app = create([
            $"--Kestrel:Endpoints:http:Url=http://127.0.0.1:{ports[0]}",
            $"--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:{ports[1]}",
            $"--MUSEUM_DATA={data.FullName}",
            "--hostBuilder:reloadConfigOnChange=false",
        ]))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[0]}"), Timeout = Eventually.DefaultTimeout };
            var document = (await client.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;
            // Where it runs is a matter of the moment.
            document.Remove("servers");
            AssertFresh(PathOf(service), document);
            await app.StopAsync();
        }

        data.Delete(recursive: true);
    }

    public static void AssertFresh(string path, JsonObject document) => GeneratedFile.AssertFresh(path, document.ToJsonString(Indented) + "\n");

    public static JsonObject Read(string service) => JsonNode.Parse(GeneratedFile.Read(PathOf(service)))!.AsObject();

    private static string PathOf(string service) => $"web/openapi/{service}.json";
}
