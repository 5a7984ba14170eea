using Microsoft.Extensions.DependencyInjection;

namespace Museum.ServiceDefaults.Health;

public static class SuiteHealthRegistration
{
    /// <summary>Watches the named services; <see cref="SuiteHealth"/> tells how they are.</summary>
    public static IServiceCollection AddSuiteHealth(this IServiceCollection services, params string[] watched)
    {
        services.AddHttpClient(SuiteHealth.ClientName, client => client.Timeout = TimeSpan.FromMilliseconds(800));
        services.AddSingleton(provider => new SuiteHealth(
            provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>(), watched));
        return services.AddHostedService(provider => provider.GetRequiredService<SuiteHealth>());
    }
}
