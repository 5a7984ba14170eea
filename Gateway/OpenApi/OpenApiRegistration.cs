namespace Museum.Gateway.OpenApi;

internal static class OpenApiRegistration
{
    public static void AddMergedOpenApi(this IServiceCollection services)
    {
        services.AddHttpClient(MergedDocument.ClientName, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(2);
            // A document of 100 endpoints has about 200 KB.
            client.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        });
        services.AddSingleton<MergedDocument>();
    }

    public static void MapMergedOpenApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/openapi/v1.json", async (MergedDocument document, CancellationToken cancellationToken) =>
                TypedResults.Text(await document.GetAsync(cancellationToken), "application/json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
}
