using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Resilience;

namespace Museum.TextService.Retrieval;

internal static class RetrievalRegistration
{
    public static IServiceCollection AddVectors(this IServiceCollection services)
    {
        services.AddRuntimeOptions<EmbeddingOptions>(EmbeddingOptions.Section);
        // A batch of passages may take long; a question has its own, shorter limit, and no second try would be in time.
        services.AddPipeline(Embedder.Pipeline, pipeline => (pipeline.Timeout, pipeline.Retries) = (TimeSpan.FromSeconds(20), 1));
        services.AddSingleton<Embedder>();
        services.AddHostedService<VectorHost>();
        return services;
    }
}
