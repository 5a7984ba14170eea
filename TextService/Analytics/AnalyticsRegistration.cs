using Museum.ServiceDefaults.Configuration;
using Museum.TextService.Conversation;

namespace Museum.TextService.Analytics;

internal static class AnalyticsRegistration
{
    public static void AddAnalytics(this IServiceCollection services)
    {
        services.AddRuntimeOptions<AnalyticsOptions>(AnalyticsOptions.Section);
        services.AddSingleton<AnalyticsStore>();
        services.AddSingleton<AnalyticsReports>();
        services.AddSingleton<AnswerLog>();
        services.AddSingleton<ITurnObserver>(provider => provider.GetRequiredService<AnswerLog>());
        services.AddHostedService(provider => provider.GetRequiredService<AnswerLog>());
    }
}
