using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace Museum.Gateway.Routing;

internal static class ProxyRegistration
{
    public static void AddProxy(this IServiceCollection services)
    {
        services.AddRequestTimeouts();
        services.AddReverseProxy().AddServiceDiscoveryDestinationResolver();
        services.AddSingleton<IProxyConfigProvider>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
            return new InMemoryConfigProvider(ProxyRoutes.All(options.RequestTimeout), ProxyClusters.All(options));
        });
        services.AddSingleton<ProxyFailure>();
    }

    public static void MapProxy(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.Use((context, next) => context.RequestServices.GetRequiredService<ProxyFailure>().GuardAsync(context, next));
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    });
}
