using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

/// <summary>The real service on real ports with its own data folder. Two of them with one folder and one Redis are two replicas.</summary>
internal sealed class SessionServiceUnderTest : IAsyncDisposable
{
    private readonly int[] ports = FreePorts.Take(2);
    private WebApplication? app;

    public HttpClient Client { get; } = new() { Timeout = Eventually.DefaultTimeout };

    public CapturedLogs Logs { get; } = new();

    public ManualTime Time { get; private init; } = new(realTimers: true);

    public required string Data { get; init; }

    public IServiceProvider Services => app!.Services;

    public static async Task<SessionServiceUnderTest> StartAsync(
        string data, RedisServer? redis = null, IReadOnlyDictionary<string, string>? settings = null, ManualTime? time = null)
    {
        var service = new SessionServiceUnderTest { Data = data, Time = time ?? new ManualTime(realTimers: true) };
        var all = new Dictionary<string, string>
        {
            ["Kestrel:Endpoints:http:Url"] = $"http://127.0.0.1:{service.ports[0]}",
            ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{service.ports[1]}",
            ["MUSEUM_DATA"] = data,
            ["Resilience:redis:Timeout"] = "00:00:10",
            // Its pause would run on the tests' clock, which stands still; without a connection calls fail at once anyway.
            ["Resilience:redis:BreakerThroughput"] = "10000",
            ["hostBuilder:reloadConfigOnChange"] = "false",
        };
        if (redis is not null)
        {
            all["ConnectionStrings:redis"] = redis.ConnectionString;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        service.app = SessionServiceHost.Create([.. all.Select(s => $"--{s.Key}={s.Value}")], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(service.Logs);
            builder.Services.AddSingleton<TimeProvider>(service.Time);
        });
        await service.app.StartAsync();
        service.Client.BaseAddress = new Uri($"http://127.0.0.1:{service.ports[0]}");
        if (redis is not null)
        {
            await service.StoreAsync(connected: true);
        }

        return service;
    }

    public Task StoreAsync(bool connected) =>
        Eventually.TrueAsync(() => app!.Services.GetRequiredService<RedisStore>().IsConnected == connected);

    public GrpcChannel Channel() => GrpcChannel.ForAddress($"http://127.0.0.1:{ports[1]}");

    public async Task<Tokens> VisitorAsync(string? language = null) =>
        await TokensAsync(await Client.PostAsJsonAsync("/api/auth/visitor", new { language }));

    public async Task<Tokens> LoginAsync(string account, string password) =>
        await TokensAsync(await Client.PostAsJsonAsync("/api/auth/login", new { account, password }));

    /// <summary>As the first admin, with the password that the first start left.</summary>
    public async Task<Tokens> AdminAsync() =>
        await LoginAsync("admin", (await File.ReadAllTextAsync(Path.Combine(Data, "first-password"))).Trim());

    public Task<HttpResponseMessage> RefreshAsync(string token) =>
        Client.PostAsJsonAsync("/api/auth/token", new { grant_type = "refresh_token", refresh_token = token });

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return Client.SendAsync(request);
    }

    public static async Task<Tokens> TokensAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return new Tokens(
            answer["access_token"]!.GetValue<string>(), answer["refresh_token"]!.GetValue<string>(), answer["session_id"]!.GetValue<string>(), answer["expires_in"]!.GetValue<int>());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app!.DisposeAsync();
        Logs.Dispose();
    }
}

internal sealed record Tokens(string Access, string Refresh, string Session, int ExpiresIn);
