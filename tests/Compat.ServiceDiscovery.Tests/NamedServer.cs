using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Museum.DiscoveryTests;

/// <summary>A real server that answers with its name and the path asked for.</summary>
internal sealed class NamedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NamedServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public int Port => new Uri(Address).Port;

    public static async Task<NamedServer> StartAsync(string name)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync($"{name} {context.Request.Path}{context.Request.QueryString}"));
        await app.StartAsync();
        return new NamedServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
