using Museum.ServiceDefaults.Configuration;

namespace Museum.Gateway.Limits;

internal static class RequestLimitRegistration
{
    public static void AddRequestLimit(this IServiceCollection services)
    {
        services.AddRuntimeOptions<RateLimitOptions>(RateLimitOptions.Section);
        services.AddSingleton<LocalWindows>();
        services.AddSingleton<SharedWindows>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedWindows>());
        services.AddSingleton<RequestLimit>();
    }

    public static void UseRequestLimit(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<RequestLimit>();
        app.Use((context, next) => limit.GuardAsync(context, next));
    }
}
