using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Museum.ServiceDefaults.Hosting;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests;

/// <summary>A service made of nothing but ServiceDefaults and what a test adds, on real Kestrel: HTTP/1.1 and h2c, each on its own port.</summary>
internal sealed class DefaultsHost : IAsyncDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("museum-defaults-");

    private DefaultsHost(string service, IEnumerable<KeyValuePair<string, string?>> settings, Action<WebApplicationBuilder>? configure, Action<WebApplication>? map)
    {
        // Of watches of files a machine has only so many, and here are many hosts.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = root.FullName, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders().AddProvider(Log);
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Configuration["Logging:Console:FormatterName"] = "quiet";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        builder.AddServiceDefaults(service);
        configure?.Invoke(builder);
        App = builder.Build();
        App.MapDefaultEndpoints();
        map?.Invoke(App);
    }

    public WebApplication App { get; }

    public LogCapture Log { get; } = new();

    public Uri Http => new(App.Urls.First());

    public Uri Grpc => new(App.Urls.Last());

    public HttpClient Client { get; private set; } = null!;

    public static Task<DefaultsHost> StartAsync(TokenIssuer? issuer = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, string service = "testservice", params (string Key, string? Value)[] settings) =>
        StartAsync([("Services:sessionservice:http:0", issuer?.Address ?? "http://127.0.0.1:1"), .. settings], configure, map, service);

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public async Task<(HttpStatusCode Status, JsonObject Problem)> ProblemAsync(HttpRequestMessage request, string? token = null)
    {
        using var response = await SendAsync(request, token);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string? token)
    {
        using var response = await SendAsync(new(HttpMethod.Get, path), token);
        return response.StatusCode;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token = null)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return Client.SendAsync(request);
    }

    public Task<JsonObject> HealthAsync() => Client.GetFromJsonAsync<JsonObject>("/health")!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        root.Delete(recursive: true);
    }

    private static async Task<DefaultsHost> StartAsync((string Key, string? Value)[] settings, Action<WebApplicationBuilder>? configure, Action<WebApplication>? map, string service)
    {
        var host = new DefaultsHost(service, settings.Select(s => KeyValuePair.Create(s.Key, s.Value)), configure, map);
        await host.App.StartAsync();
        host.Client = new HttpClient { BaseAddress = host.Http, Timeout = Eventually.DefaultTimeout };
        return host;
    }
}
