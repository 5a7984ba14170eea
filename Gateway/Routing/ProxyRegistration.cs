using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Museum.Gateway.Routing;

internal static class ProxyRegistration
{
    public static void AddProxy(this IServiceCollection services)
    {
        services.AddRequestTimeouts();
        // Failures of the last seconds only: by the default of a minute a replica that was born again would stay out that long.
        services.Configure<TransportFailureRateHealthPolicyOptions>(options => options.DetectionWindowSize = TimeSpan.FromSeconds(5));
        services.AddReverseProxy().AddServiceDiscoveryDestinationResolver();
        services.AddSingleton<IProxyConfigProvider>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
            return new InMemoryConfigProvider(ProxyRoutes.All(options.RequestTimeout), ProxyClusters.All(options));
        });
        services.AddSingleton<ProxyFailure>();
        services.AddSingleton<Pulse>();
        services.AddSingleton<StallGuard>();
    }

    public static void MapProxy(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.Use((context, next) => context.RequestServices.GetRequiredService<ProxyFailure>().GuardAsync(context, next));
        proxy.UseLoadBalancing();
        proxy.Use((context, next) => context.RequestServices.GetRequiredService<StallGuard>().GuardAsync(context, next));
        proxy.UsePassiveHealthChecks();
    });
}
