using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

/// <summary>VoiceCallService as it is, on real Kestrel, with a real broker between it and scripted peers.</summary>
public sealed class CallHost : IAsyncLifetime
{
    private readonly RabbitMqServer broker = new();
    private readonly TokenIssuer issuer = new();
    private WebApplication? peers;
    private WebApplicationFactory<Program>? service;

    internal GuideScript Guide { get; } = new();

    internal VoiceScript Voice { get; } = new();

    internal EarScript Ear { get; } = new();

    internal CapturedLogs Logs { get; } = new();

    internal RabbitMqServer Broker => broker;

    internal TokenIssuer Tokens => issuer;

    internal IServiceProvider Services => service!.Services;

    internal Uri Address(string path = "/ws/text/stream") => new(HttpAddress.Replace("http://", "ws://", StringComparison.Ordinal) + path);

    internal string HttpAddress { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Task.WhenAll(((IAsyncLifetime)broker).InitializeAsync(), issuer.InitializeAsync());
        var ports = FreePorts.Take(4);
        peers = await StartPeersAsync(ports[0], ports[1]);
        service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in Settings(ports))
            {
                host.UseSetting(key, value);
            }

            host.ConfigureLogging(logging => logging.AddProvider(Logs));
        });
        service.UseKestrel();
        service.StartServer();
        HttpAddress = service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => new Uri(a).Port == ports[2]);
        var publisher = service.Services.GetRequiredService<IEventPublisher>();
        await Eventually.TrueAsync(() => publisher.IsConnected && peers.Services.GetRequiredService<IEventPublisher>().IsConnected);
        var suite = service.Services.GetRequiredService<SuiteHealth>();
        await Eventually.TrueAsync(() => suite.Of("audioservice").Capabilities.ContainsKey("voice"));
    }

    public async Task DisposeAsync()
    {
        await service!.DisposeAsync();
        await peers!.DisposeAsync();
        await issuer.DisposeAsync();
        await ((IAsyncLifetime)broker).DisposeAsync();
    }

    internal Task<ProtocolClient> RegisterAsync(bool voice = true, string features = ProtocolClient.EveryFeature, string? token = null) =>
        ProtocolClient.RegisterAsync(Address(), token ?? issuer.Token(), "en", voice, features);

    private Dictionary<string, string> Settings(int[] ports) => new()
    {
        ["Kestrel:Endpoints:http:Url"] = $"http://127.0.0.1:{ports[2]}",
        ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{ports[3]}",
        ["ConnectionStrings:messaging"] = broker.ConnectionString,
        ["Services:sessionservice:http:0"] = issuer.Address,
        ["Services:textservice:http:0"] = $"http://127.0.0.1:{ports[0]}",
        ["Services:textservice:grpc:0"] = $"http://127.0.0.1:{ports[1]}",
        ["Services:audioservice:http:0"] = $"http://127.0.0.1:{ports[0]}",
        ["Services:audioservice:grpc:0"] = $"http://127.0.0.1:{ports[1]}",
        ["Services:avatarservice:http:0"] = $"http://127.0.0.1:{ports[0]}",
    };

    private async Task<WebApplication> StartPeersAsync(int http, int grpc)
    {
        // Not the tests' own folder: the appsettings.json of the service under test lies there.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:http:Url"] = $"http://127.0.0.1:{http}",
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{grpc}",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["ConnectionStrings:messaging"] = broker.ConnectionString,
            ["Services:sessionservice:http:0"] = issuer.Address,
        });
        builder.AddServiceDefaults("peers");
        builder.Services.AddSingleton(Guide).AddSingleton(Voice).AddSingleton(Ear);
        builder.AddTurnMessaging(m =>
        {
            m.AddWorkConsumer<ScriptedVoice, SentenceComposed>("museum.audio.sentence-composed", concurrency: 8);
            m.AddBroadcastConsumer<ScriptedVoice, TurnInterrupted>();
        });
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<ScriptedGuide>();
        app.MapGrpcService<ScriptedSpeech>();
        var capabilities = app.Services.GetRequiredService<Capabilities>();
        foreach (var name in new[] { "voice", "face", "llm" })
        {
            capabilities.Report(name, CapabilityState.Ok);
        }

        await app.StartAsync();
        return app;
    }
}
