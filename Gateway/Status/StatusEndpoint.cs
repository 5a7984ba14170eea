namespace Museum.Gateway.Status;

internal static class StatusEndpoint
{
    public static void MapStatus(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/status", (SuiteStatusReader reader, HttpResponse response) =>
            {
                response.Headers.CacheControl = "no-store";
                return TypedResults.Ok(reader.Read());
            })
            .AllowAnonymous()
            .WithTags("status")
            .WithSummary("How the guide is: each service, and what it can do at the moment");
}
