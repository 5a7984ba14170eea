using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Resilience;

namespace Museum.TextService.Generation;

internal static class ModelRegistration
{
    private const string Capability = "llm";

    /// <summary>Who writes answers: the models in their order, and last, always, the curators' own sentences.</summary>
    public static void AddComposers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRuntimeOptions<LlmOptions>(LlmOptions.Section);
        string[] endpoints = ["", .. configuration.GetSection($"{LlmOptions.Section}:{nameof(LlmOptions.Fallbacks)}").GetChildren().Select(c => c.Key).Order(StringComparer.Ordinal)];
        foreach (var endpoint in endpoints)
        {
            services.AddPipeline(LlmInterface.PipelineOf(endpoint), pipeline =>
            {
                (pipeline.BreakerThroughput, pipeline.BreakFor) = (4, TimeSpan.FromSeconds(10));
                // One attempt may take it all: a slow model asked again would be slower still. What fails sooner is tried again in what is left.
                pipeline.Timeout = TimeSpan.FromSeconds(Of(configuration.GetSection(LlmOptions.Section).Get<LlmOptions>() ?? new(), endpoint).FirstTextSeconds);
                pipeline.TotalTimeout = pipeline.Timeout;
            });
        }

        services.AddSingleton<ExtractionComposer>();
        services.AddProviders<IComposer>(
            provider => [.. endpoints.Select(e => Model(provider, e)), Extraction(provider)],
            _ => [new(Capability, [.. endpoints.Select(LlmComposer.NameOf), ExtractionComposer.Name])]);
        services.AddSingleton(provider => provider.GetRequiredService<Providers<IComposer>>().Capabilities[Capability]);
    }

    private static ProviderPlan<IComposer> Model(IServiceProvider services, string endpoint)
    {
        var options = services.GetRequiredService<IOptionsMonitor<LlmOptions>>();
        var model = new LlmInterface(endpoint, () => Of(options.CurrentValue, endpoint), services.GetRequiredService<Pipelines>());
        return new()
        {
            Name = LlmComposer.NameOf(endpoint),
            Load = _ => new(ActivatorUtilities.CreateInstance<LlmComposer>(services, model)),
            Probe = (_, ct) => model.ProbeAsync(ct),
            Pipeline = LlmInterface.PipelineOf(endpoint),
        };
    }

    // Tables and arithmetic: it is there whenever the process is.
    private static ProviderPlan<IComposer> Extraction(IServiceProvider services) =>
        new() { Name = ExtractionComposer.Name, Load = _ => new(services.GetRequiredService<ExtractionComposer>()), Probe = (_, _) => new((string?)null) };

    private static LlmEndpoint Of(LlmOptions options, string endpoint) =>
        endpoint.Length == 0 ? options : options.Fallbacks.GetValueOrDefault(endpoint) ?? new LlmEndpoint();
}
