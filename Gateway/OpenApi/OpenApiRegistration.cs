using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;

namespace Museum.Gateway.OpenApi;

internal static class OpenApiRegistration
{
    public static void AddMergedOpenApi(this IServiceCollection services)
    {
        services.AddHttpClient(MergedDocument.ClientName, client =>
        {
            // Its pipeline's.
            client.Timeout = Timeout.InfiniteTimeSpan;
            // A document of 100 endpoints has about 200 KB.
            client.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        });
        // That of SessionService is there already, for its keys.
        foreach (var service in ServiceNames.All.Where(s => s != PublishedKeys.Pipeline))
        {
            services.AddPipeline(service, o => (o.Timeout, o.TotalTimeout, o.Retries, o.BreakFor) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(2)));
        }

        services.AddCache(SuiteDocument.Kind);
        services.AddSingleton<MergedDocument>();
    }

    public static void MapMergedOpenApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/openapi/v1.json", async (MergedDocument document, CancellationToken cancellationToken) =>
                TypedResults.Text(await document.GetAsync(cancellationToken), "application/json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
}
