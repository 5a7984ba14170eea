using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Redis;

internal static class RedisRegistration
{
    /// <summary>The store and its pipeline, once, however many need it. It connects when the host starts it.</summary>
    public static void AddRedisStore(this IServiceCollection services)
    {
        if (services.All(s => s.ServiceType != typeof(RedisStore)))
        {
            services.AddPipeline(RedisStore.Pipeline, RedisStore.Defaults);
            services.AddSingleton<RedisStore>();
            services.AddHostedService(provider => provider.GetRequiredService<RedisStore>());
        }
    }
}
