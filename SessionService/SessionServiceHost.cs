using Museum.ServiceDefaults.Hosting;

namespace Museum.SessionService;

/// <summary>The whole service, as Program and the tests start it.</summary>
internal static class SessionServiceHost
{
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("sessionservice");
        builder.AddSessionService();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapDefaultEndpoints();
        app.MapSessionService();
        return app;
    }
}
