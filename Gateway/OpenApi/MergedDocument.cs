using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Resilience;
using Polly;

namespace Museum.Gateway.OpenApi;

/// <summary>The suite's OpenAPI document; not whole while a service is missing.</summary>
internal sealed record SuiteDocument(string Json, bool IsWhole)
{
    /// <summary>The documents change with a release only; a service that was missing is asked for again soon.</summary>
    public static CacheKind<SuiteDocument> Kind { get; } = new("openapi")
    {
        SizeOf = document => sizeof(char) * document.Json.Length,
        IsNegative = document => !document.IsWhole,
        Defaults = options => (options.TimeToLive, options.NegativeTimeToLive) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2)),
    };
}

/// <summary>Asks the services for their documents and merges them with the gateway's own.</summary>
internal sealed class MergedDocument(
    IHttpClientFactory clients, Pipelines pipelines, ICache<SuiteDocument> cache, [FromKeyedServices("v1")] IOpenApiDocumentProvider own)
{
    public const string ClientName = "openapi";

    private static readonly CacheKey Key = CacheKey.Of(("document", "v1"));

    public async Task<string> GetAsync(CancellationToken cancellationToken) =>
        (await cache.GetOrCreateAsync(Key, MergeAsync, cancellationToken: cancellationToken)).Json;

    private async Task<SuiteDocument> MergeAsync(CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(ServiceNames.All.Select(async service => (service, document: await AskAsync(service, cancellationToken))));
        var merge = new OpenApiMerge();
        merge.Add("gateway", await OwnAsync(cancellationToken), IsPublic);
        foreach (var (service, found) in asked)
        {
            if (found is null)
            {
                merge.AddMissing(service);
            }
            else
            {
                merge.Add(service, found, IsPublic);
            }
        }

        var version = typeof(MergedDocument).Assembly.GetName().Version?.ToString(3) ?? "";
        return new(merge.Write(version).ToJsonString(), asked.All(a => a.document is not null));
    }

    private async Task<JsonObject?> AskAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            var address = new Uri($"http://{service}/openapi/v1.json");
            return JsonNode.Parse(await pipelines.Of(service).ExecuteAsync(async attempt => await client.GetStringAsync(address, attempt), cancellationToken)) as JsonObject;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or ExecutionRejectedException)
        {
            return null;
        }
    }

    private async Task<JsonObject> OwnAsync(CancellationToken cancellationToken)
    {
        var written = new StringWriter();
        (await own.GetOpenApiDocumentAsync(cancellationToken)).SerializeAsV31(new OpenApiJsonWriter(written));
        return JsonNode.Parse(written.ToString())!.AsObject();
    }

    private static bool IsPublic(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/.well-known/", StringComparison.Ordinal);
}
