using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Analytics;
using Museum.TextService.Answers;
using Museum.TextService.Content;
using Museum.TextService.Conversation;
using Museum.TextService.Curators;
using Museum.TextService.Exchange;
using Museum.TextService.Generation;
using Museum.TextService.Grounding;
using Museum.TextService.Knowledge;
using Museum.TextService.Retrieval;
using Museum.TextService.Srs;
using Museum.TextService.Storage;

namespace Museum.TextService;

internal static class TextServiceRegistration
{
    public static WebApplicationBuilder AddTextService(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRuntimeOptions<RetrievalOptions>(RetrievalOptions.Section);
        services.AddStorage(builder.Configuration);
        services.AddContent();
        services.AddCurators();
        services.AddAnalytics();
        services.AddExchange();
        services.AddVectors();
        services.AddConversations();
        services.AddSrs();
        services.AddKnowledge(builder.Configuration);
        services.AddComposers(builder.Configuration);
        services.AddCache(KeptAnswer.Kind);
        services.AddGrounding();
        services.AddSingleton<AnswerSource>();
        services.AddPrefetcher();
        services.AddSingleton<Foresight>();
        services.AddSingleton<TurnRunner>();
        services.AddLimit("chat", atOnce: 20);
        services.AddEarlyKeys();
        // It consumes nothing; it only says when the content has changed.
        builder.AddTurnMessaging(_ => { });
        return builder;
    }
}
