using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Museum.Contracts.Protocol;
using Museum.TestKit;
using Museum.Text.V1;
using Museum.TextService;

namespace TextService.Tests;

/// <summary>TextService on real Kestrel, with its own data folder and signed tokens.</summary>
public sealed class RunningService : IAsyncDisposable
{
    /// <summary>On a busy machine a healthy Redis may take its time: for whoever does not test what happens when it does.</summary>
    internal static readonly (string Key, string Value)[] PatientRedis = [("Resilience:redis:Timeout", "00:00:10"), ("Resilience:redis:BreakerThroughput", "1000")];

    private readonly WebApplication app;
    private readonly TokenIssuer issuer;
    private readonly string data;

    private RunningService(WebApplication app, TokenIssuer issuer, string data, int http, int grpc)
    {
        (this.app, this.issuer, this.data) = (app, issuer, data);
        Session = TokenIssuer.NewSession();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token(Session));
        Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpc}");
    }

    public HttpClient Http { get; }

    /// <summary>The session of the token that <see cref="Http"/> carries.</summary>
    public string Session { get; }

    internal GrpcChannel Channel { get; }

    internal T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    internal Guide.GuideClient Guide => new(Channel);

    /// <summary>Metadata with the token of a session.</summary>
    internal Metadata As(string session) => new() { { "authorization", "Bearer " + issuer.Token(session) } };

    internal string TokenOf(string session) => issuer.Token(session);

    /// <summary>A client with a token of somebody who is more than a visitor; such tokens need Redis.</summary>
    internal HttpClient As(string role, string name)
    {
        var client = new HttpClient { BaseAddress = Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(role: role, change: d => d.Claims["sub"] = name));
        return client;
    }

    public static async Task<RunningService> StartAsync(params (string Key, string Value)[] settings)
    {
        var service = await LaunchAsync(settings);
        await Eventually.TrueAsync(async () => (await service.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
        return service;
    }

    /// <summary>Listens; it may still be reading its content.</summary>
    public static async Task<RunningService> LaunchAsync(params (string Key, string Value)[] settings)
    {
        var issuer = new TokenIssuer();
        await issuer.InitializeAsync();
        var data = Directory.CreateTempSubdirectory("museum-text-").FullName;
        var ports = FreePorts.Take(2);
        string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        (string Key, string Value)[] defaults =
        [
            ("Kestrel:Endpoints:http:Url", Url(ports[0])), ("Kestrel:Endpoints:http:Protocols", "Http1"),
            ("Kestrel:Endpoints:grpc:Url", Url(ports[1])), ("Kestrel:Endpoints:grpc:Protocols", "Http2"),
            ("Services:sessionservice:http:0", issuer.Address), ("Museum:Data", data), ("Museum:Content", MuseumContent.Folder),
            ("Logging:LogLevel:Default", "None"),
            // Files are watched by a number of watchers that all tests of a machine share; and a scripted model is as late as the machine is busy.
            ("hostBuilder:reloadConfigOnChange", "false"), ("Llm:FirstTextSeconds", "25"), ("Llm:StallSeconds", "25"),
        ];
        var app = TextServiceHost.Build([.. defaults.Concat(settings).GroupBy(s => s.Key).Select(g => $"--{g.Key}={g.Last().Value}")]);
        await app.StartAsync();
        return new RunningService(app, issuer, data, ports[0], ports[1]);
    }

    /// <summary>With a model that has been seen well.</summary>
    public static async Task<RunningService> WithModelAsync(ScriptedModel model, params (string Key, string Value)[] settings)
    {
        var service = await StartAsync([("Llm:BaseUrl", model.BaseUrl), ("Llm:Model", "scripted"), .. settings]);
        await service.CapabilityAsync("llm", "ok");
        return service;
    }

    /// <summary>With four exhibits, and the Redis without which only visitors are let in.</summary>
    public static async Task<RunningService> WithCuratorsAsync(RedisServer redis, params (string Key, string Value)[] settings)
    {
        var service = await StartAsync([("Museum:Content", MuseumContent.Few), ("ConnectionStrings:redis", redis.ConnectionString), .. PatientRedis, .. settings]);
        using var curator = service.As("curator", "first");
        await Eventually.TrueAsync(async () => (await curator.GetAsync("/api/curator/halls")).IsSuccessStatusCode);
        return service;
    }

    /// <summary>POST /api/text/process.</summary>
    public async Task<JsonObject> AskAsync(string text, object? more = null)
    {
        var body = more is null ? [] : System.Text.Json.JsonSerializer.SerializeToNode(more, ProtocolJson.Options)!.AsObject();
        body["text"] = text;
        using var response = await Http.PostAsJsonAsync("/api/text/process", body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>Waits until a capability is so.</summary>
    public Task CapabilityAsync(string name, string state) => Eventually.TrueAsync(
        async () => (string?)(await Http.GetFromJsonAsync<JsonObject>("/health"))!["capabilities"]?[name]?["state"] == state);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Channel.ShutdownAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
