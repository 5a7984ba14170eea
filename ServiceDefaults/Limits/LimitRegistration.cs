using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Limits;

public static class LimitRegistration
{
    /// <summary>Adds an <see cref="AdaptiveLimiter"/> under its settings <c>Limits:NAME</c>, as a keyed service and for <see cref="WithLimit"/>.</summary>
    /// <param name="services">The service's.</param>
    /// <param name="name">The resource it protects: <c>stt</c>, <c>tts</c>, <c>chat</c>.</param>
    /// <param name="atOnce">The default of <c>Limits:NAME:Base</c>.</param>
    /// <param name="defaults">Sets what else the settings do not.</param>
    public static void AddLimit(this IServiceCollection services, string name, int atOnce = 10, Action<LimitOptions>? defaults = null)
    {
        services.AddRuntimeOptions<LimitOptions>(LimitOptions.Section, name, options =>
        {
            (options.Base, options.Max) = (atOnce, 10 * atOnce);
            defaults?.Invoke(options);
        });
        services.TryAddSingleton<LimitMetrics>();
        services.AddKeyedSingleton(name, (provider, _) => new AdaptiveLimiter(
            name,
            provider.GetRequiredService<IOptionsMonitor<LimitOptions>>(),
            provider.GetRequiredService<LimitMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Requests to the endpoint are worked on within the limit, each until its answer is sent; those above it get <c>server_busy</c>.</summary>
    public static TBuilder WithLimit<TBuilder>(this TBuilder endpoint, string name)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LimitedBy(name));
}

/// <summary>On an endpoint: the limit that its requests come under.</summary>
internal sealed record LimitedBy(string Name);
