using System.Security.Claims;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;
using Museum.TextService.Index;

namespace Museum.TextService.Srs;

/// <summary>
/// <c>/api/v1</c>: the SRS standard API over our own content, so that whatever was written for a Semantic Retrieval System works with this
/// house. Unlike the original it asks for a token (or, at the gateway, an API key in X-API-Key).
/// </summary>
internal static class SrsEndpoints
{
    public static void MapSrs(this IEndpointRouteBuilder endpoints)
    {
        var srs = endpoints.MapGroup("/api/v1").WithTags("srs").ProducesProblem(401);
        srs.MapArtifacts();
        srs.MapPost("/search/retrieve", async (RetrieveQuery request, bool? wrapped, SrsSearch search, ClaimsPrincipal user, CancellationToken ct) =>
            {
                var found = await search.RetrieveAsync(request, user, ct);
                return wrapped == false ? Results.Ok(found) : Results.Ok(new Wrapped<RetrieveResult>(found));
            })
            .WithLimit("chat")
            .Produces<Wrapped<RetrieveResult>>()
            .ProducesProblem(422)
            .WithSummary("The artifacts that match a query best; wrapped=false leaves out the outer {\"data\"}");

        srs.MapGet("/health", (ContentHolder content, Capabilities capabilities, TimeProvider time) => TypedResults.Ok(HealthOf(content, capabilities, time)))
            .AllowAnonymous()
            .WithSummary("healthy or degraded, and what of");
        srs.MapGet("/metrics", (SrsSearch search) => TypedResults.Ok(search.Metrics())).WithSummary("Counts since the start of this replica");
        srs.MapGet("/info", (IHostEnvironment environment) =>
                TypedResults.Ok(new SrsInfo("Museum", typeof(SrsEndpoints).Assembly.GetName().Version?.ToString(3) ?? "", "running", environment.EnvironmentName)))
            .WithSummary("Who answers here");
        srs.MapPost("/reindex", async (ContentChanges changes, ContentHolder content, CancellationToken ct) =>
            {
                changes.OfFiles();
                await changes.OfRecordsAsync(ct);
                return TypedResults.Ok(new Reindexed(true, "Files and records are being read again; what differs is indexed.", content.Exhibits.Count));
            })
            .RequireAuthorization(Roles.Curator)
            .ProducesProblem(403)
            .WithSummary("Looks for changes that nobody told of; the index is otherwise always up to date");
    }

    private static SrsHealth HealthOf(ContentHolder content, Capabilities capabilities, TimeProvider time)
    {
        var readings = capabilities.Snapshot();
        string Of(string capability) => readings.TryGetValue(capability, out var reading) ? reading.State == CapabilityState.Ok ? "healthy" : "degraded" : "not_configured";
        var services = new Dictionary<string, string>
        {
            ["database"] = Of("content"),
            ["vector_store"] = content.IsLoaded ? "healthy" : "degraded",
            ["llm_service"] = Of("llm"),
            ["embedding_service"] = Of("embeddings"),
        };
        return new SrsHealth(services["database"] == "healthy" && content.IsLoaded ? "healthy" : "degraded", time.GetUtcNow(), services);
    }
}
