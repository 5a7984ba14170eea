using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Content;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Index;

namespace Museum.TextService;

internal static class TextServiceRegistration
{
    public static WebApplicationBuilder AddTextService(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRuntimeOptions<LlmOptions>(LlmOptions.Section);
        services.AddSingleton<ContentHolder>();
        services.AddHostedService<ContentHost>();
        services.AddHealthChecks().AddCheck<ContentCheck>("content", tags: ["ready"]);
        services.AddSingleton<ConversationStore>();
        services.AddPipeline(LlmInterface.Pipeline);
        services.AddSingleton<LlmInterface>();
        services.AddSingleton<ExtractionComposer>();
        services.AddSingleton<IComposer, LlmComposer>();
        services.AddCache(KeptAnswer.Kind);
        services.AddSingleton<AnswerSource>();
        services.AddPrefetcher();
        services.AddSingleton<Foresight>();
        services.AddSingleton<TurnRunner>();
        services.AddLimit("chat", atOnce: 20);
        // It consumes nothing; it only says when the content has changed.
        builder.AddTurnMessaging(_ => { });
        return builder;
    }
}
