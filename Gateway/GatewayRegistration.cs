using Museum.Gateway.Edge;
using Museum.Gateway.Limits;
using Museum.Gateway.OpenApi;
using Museum.Gateway.Routing;
using Museum.Gateway.Site;
using Museum.Gateway.Status;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Security;

namespace Museum.Gateway;

/// <summary>The table of contents of the gateway.</summary>
internal static class GatewayRegistration
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRuntimeOptions<GatewayOptions>(GatewayOptions.Section);
        services.AddProxy();
        services.AddRequestLimit();
        services.AddSite();
        services.AddSuiteHealth([.. ServiceNames.All]);
        services.AddSingleton<SuiteStatusReader>();
        services.AddMergedOpenApi();
        services.AddQueryTokenLift();
        services.AddApiKeyLift();
        services.AddEarlyKeys();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }
}
