using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Analytics;
using Museum.TextService.Answers;
using Museum.TextService.Content;
using Museum.TextService.Conversation;
using Museum.TextService.Curators;
using Museum.TextService.Exchange;
using Museum.TextService.Generation;
using Museum.TextService.Grounding;
using Museum.TextService.Retrieval;
using Museum.TextService.Srs;

namespace Museum.TextService;

internal static class TextServiceRegistration
{
    private const string Composers = "llm";

    public static WebApplicationBuilder AddTextService(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRuntimeOptions<LlmOptions>(LlmOptions.Section);
        services.AddRuntimeOptions<RetrievalOptions>(RetrievalOptions.Section);
        services.AddContent();
        services.AddCurators();
        services.AddAnalytics();
        services.AddExchange();
        services.AddVectors();
        services.AddConversations();
        services.AddSrs();
        services.AddComposers();
        services.AddCache(KeptAnswer.Kind);
        services.AddGrounding();
        services.AddSingleton<AnswerSource>();
        services.AddPrefetcher();
        services.AddSingleton<Foresight>();
        services.AddSingleton<TurnRunner>();
        services.AddLimit("chat", atOnce: 20);
        // It consumes nothing; it only says when the content has changed.
        builder.AddTurnMessaging(_ => { });
        return builder;
    }

    /// <summary>A model where there is one, else the curators' own sentences.</summary>
    private static void AddComposers(this IServiceCollection services)
    {
        services.AddPipeline(LlmInterface.Pipeline);
        services.AddOptions<PipelineOptions>(LlmInterface.Pipeline).Configure<IConfiguration>((pipeline, configuration) =>
            pipeline.TotalTimeout = TimeSpan.FromSeconds((configuration.GetSection(LlmOptions.Section).Get<LlmOptions>() ?? new LlmOptions()).FirstTextSeconds));
        services.AddSingleton<LlmInterface>();
        services.AddSingleton<LlmComposer>();
        services.AddSingleton<ExtractionComposer>();
        services.AddProviders<IComposer>(
            provider =>
            [
                new()
                {
                    Name = LlmComposer.Name,
                    Load = _ => new(provider.GetRequiredService<LlmComposer>()),
                    Probe = (_, ct) => provider.GetRequiredService<LlmInterface>().ProbeAsync(ct),
                    Pipeline = LlmInterface.Pipeline,
                },
                // Tables and arithmetic: it is there whenever the process is.
                new() { Name = ExtractionComposer.Name, Load = _ => new(provider.GetRequiredService<ExtractionComposer>()), Probe = (_, _) => new((string?)null) },
            ],
            _ => [new(Composers, LlmComposer.Name, ExtractionComposer.Name)]);
        services.AddSingleton(provider => provider.GetRequiredService<Providers<IComposer>>().Capabilities[Composers]);
    }
}
