using System.Net.Http.Headers;
using System.Net.WebSockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

/// <summary>The real gateway on real ports before real services, with a fresh issuer of tokens.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly int[] ports = FreePorts.Take(2);
    private readonly List<IAsyncDisposable> owned = [];
    private WebApplication? app;

    /// <summary>For tests that ask until something is so.</summary>
    public static IReadOnlyDictionary<string, string> Unlimited { get; } = new Dictionary<string, string> { ["RateLimit:PermitLimit"] = "1000000" };

    /// <summary>For tests in which services come and go.</summary>
    public static IReadOnlyDictionary<string, string> Watchful { get; } = new Dictionary<string, string>(Unlimited) { ["Gateway:HealthInterval"] = "00:00:00.1" };

    public TokenIssuer Issuer { get; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Eventually.DefaultTimeout };

    public string Address => $"http://127.0.0.1:{ports[0]}";

    public IServiceProvider Services => app!.Services;

    public Uri Socket(string path) => new($"ws://127.0.0.1:{ports[0]}{path}");

    /// <summary>Starts the services that are not started yet, and the gateway before them.</summary>
    public static async Task<GatewayUnderTest> StartAsync(
        IReadOnlyList<Upstream>? upstreams = null, IReadOnlyDictionary<string, string>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var gateway = new GatewayUnderTest();
        await gateway.Issuer.InitializeAsync();
        var all = new Dictionary<string, string>
        {
            ["Kestrel:Endpoints:http:Url"] = gateway.Address,
            ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{gateway.ports[1]}",
            // Patient: on a busy machine a service that is slow is neither dead nor frozen. Tests of those set their own.
            ["Gateway:HealthInterval"] = "00:01:00",
            ["Gateway:PulseTimeout"] = "00:01:00",
            ["Resilience:sessionservice:Timeout"] = "00:00:30",
            ["Resilience:api-key:Timeout"] = "00:00:30",
            ["Services:sessionservice:http:0"] = gateway.Issuer.Address,
            ["Logging:LogLevel:Default"] = "None",
            ["hostBuilder:reloadConfigOnChange"] = "false",
        };
        foreach (var group in (upstreams ?? []).GroupBy(u => u.Name))
        {
            var index = 0;
            foreach (var upstream in group)
            {
                gateway.owned.Add(upstream);
                upstream.KeySet = gateway.Issuer.KeySet;
                await upstream.StartAsync();
                all[$"Services:{group.Key}:http:{index}"] = upstream.Http;
                all[$"Services:{group.Key}:grpc:{index}"] = upstream.Grpc;
                index++;
            }
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        gateway.app = GatewayHost.Create([.. all.Select(s => $"--{s.Key}={s.Value}")], configure);
        await gateway.app.StartAsync();
        gateway.Client.BaseAddress = new Uri(gateway.Address);
        return gateway;
    }

    public HttpRequestMessage Request(HttpMethod method, string path, string? token = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Issuer.Token());
        return request;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => Client.SendAsync(Request(HttpMethod.Get, path, token));

    public GrpcChannel Channel() => GrpcChannel.ForAddress($"http://127.0.0.1:{ports[1]}");

    public async Task<ClientWebSocket> ConnectAsync(string path, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(Socket(path), CancellationToken.None).SoonAsync();
            return socket;
        }
        catch (WebSocketException e)
        {
            throw new HttpRequestException(e.Message, e, socket.HttpStatusCode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        foreach (var one in owned)
        {
            await one.DisposeAsync();
        }

        await Issuer.DisposeAsync();
    }
}
