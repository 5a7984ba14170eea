using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Museum.Gateway.OpenApi;

/// <summary>The suite's one OpenAPI document, asked together from the services and kept for a moment.</summary>
internal sealed class MergedDocument(
    IHttpClientFactory clients, [FromKeyedServices("v1")] IOpenApiDocumentProvider own, TimeProvider time) : IDisposable
{
    public const string ClientName = "openapi";

    // The documents change with a release only; a service that was missing is asked for again soon.
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepForIfMissing = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim merging = new(1, 1);
    private string? document;
    private DateTimeOffset goodUntil;

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        await merging.WaitAsync(cancellationToken);
        try
        {
            if (document is null || time.GetUtcNow() >= goodUntil)
            {
                (document, var complete) = await MergeAsync(cancellationToken);
                goodUntil = time.GetUtcNow() + (complete ? KeepFor : KeepForIfMissing);
            }

            return document;
        }
        finally
        {
            merging.Release();
        }
    }

    public void Dispose() => merging.Dispose();

    private async Task<(string Document, bool Complete)> MergeAsync(CancellationToken cancellationToken)
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
        return (merge.Write(version).ToJsonString(), asked.All(a => a.document is not null));
    }

    private async Task<JsonObject?> AskAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            return JsonNode.Parse(await client.GetStringAsync(new Uri($"http://{service}/openapi/v1.json"), cancellationToken)) as JsonObject;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
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
