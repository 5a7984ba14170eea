using Museum.Gateway.Edge;
using Museum.Gateway.Limits;
using Museum.Gateway.OpenApi;
using Museum.Gateway.Routing;
using Museum.Gateway.Site;
using Museum.Gateway.Status;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Security;

namespace Museum.Gateway;

/// <summary>
/// The whole gateway, as Program and the tests start it. A request passes, in this order:
/// <code>
/// 1 token out of the URL   2 security headers   3 internal paths: 404   4 the page and its files   5 API key to token
/// 6 errors, token, policy (service defaults)    7 handshake             8 rate limit, time-out    9 YARP or an endpoint here
/// </code>
/// </summary>
internal static class GatewayHost
{
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("gateway");
        builder.AddGateway();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseInternalPaths();
        app.UseSite();
        app.UseApiKeyLift();
        app.MapDefaultEndpoints(metricsPolicy: Roles.Operator);
        app.UseHandshakeGuard();
        app.UseRequestLimit();
        app.UseRequestTimeouts();
        app.MapStatus();
        app.MapPageSettings();
        app.MapMergedOpenApi();
        app.MapProxy();
        return app;
    }
}
