using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Pools;

public static class PoolRegistration
{
    /// <summary>Adds a <see cref="ResourcePool{T}"/> under its settings <c>Pools:NAME</c>, filled from the start of the service on.</summary>
    /// <param name="services">The service's.</param>
    /// <param name="name">A constant, in snake_case.</param>
    /// <param name="defaults">Sets what the settings do not.</param>
    /// <param name="resources">How they are made.</param>
    public static void AddResourcePool<T>(this IServiceCollection services, string name, Action<PoolOptions> defaults, Func<IServiceProvider, IPooledResources<T>> resources)
        where T : class
    {
        services.AddRuntimeOptions(PoolOptions.Section, name, defaults);
        services.TryAddSingleton<PoolMetrics>();
        services.AddSingleton(provider => new ResourcePool<T>(
            name,
            resources(provider),
            provider.GetRequiredService<IOptionsMonitor<PoolOptions>>(),
            provider.GetRequiredService<PoolMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ResourcePool<T>>>()));
        services.AddHostedService(provider => provider.GetRequiredService<ResourcePool<T>>());
    }
}
