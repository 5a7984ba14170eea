using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;
using Museum.TextService.Http;

namespace Museum.TextService.Conversation;

internal static class ConversationRegistration
{
    /// <summary>What sessions remember, until they end, and the limits of every door.</summary>
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddRuntimeOptions<ConversationOptions>(ConversationOptions.Section);
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<IReleasesMemory>(provider => provider.GetRequiredService<ConversationStore>());
        services.AddHostedService<EndedSessions>();
        services.AddSingleton<TurnNumbers>();
        services.AddSingleton<Ratings>();
        services.AddRuntimeOptions<TextOptions>(TextOptions.Section);
        services.AddSingleton<TextBatch>();
    }
}
