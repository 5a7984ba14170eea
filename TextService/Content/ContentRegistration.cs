using Museum.ServiceDefaults.Redis;
using Museum.TextService.Index;

namespace Museum.TextService.Content;

internal static class ContentRegistration
{
    public static void AddContent(this IServiceCollection services)
    {
        services.AddSingleton<IRecordStore, SqlRecords>();
        services.AddSingleton<HallStore>();
        services.AddSingleton<ContentChanges>();
        services.AddSingleton<IVersionedState>(provider => provider.GetRequiredService<ContentChanges>());
        services.AddSingleton<LiveContent>();
        services.AddSingleton<ContentHolder>();
        services.AddHostedService<ContentHost>();
        services.AddHealthChecks().AddCheck<ContentCheck>("content", tags: ["ready"]);
    }
}
