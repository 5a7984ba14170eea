using Museum.Contracts.Events;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

/// <summary>VoiceCallService as it is, on real Kestrel, with a real broker between it and scripted peers.</summary>
public sealed class CallHost : IAsyncLifetime
{
    private const string BrokerPatience = "00:00:05";

    private readonly RabbitMqServer broker = new();
    private readonly TokenIssuer issuer = new();
    private readonly RedisServer? store;
    private readonly List<CallReplica> replicas = [];
    private int[] peerPorts = [];
    private WebApplication? peers;

    public CallHost()
    {
    }

    /// <param name="store">What replicas agree in. Without it there is one replica, and no resume.</param>
    internal CallHost(RedisServer store) => this.store = store;

    internal GuideScript Guide { get; } = new();

    internal VoiceScript Voice { get; } = new();

    internal EarScript Ear { get; } = new();

    internal CapturedLogs Logs { get; } = new();

    internal RabbitMqServer Broker => broker;

    internal TokenIssuer Tokens => issuer;

    internal CallReplica First => replicas[0];

    internal IServiceProvider Services => First.Services;

    internal string HttpAddress => First.HttpAddress;

    internal Uri Address(string path = "/ws/text/stream") => First.Address(path);

    public async Task InitializeAsync()
    {
        await Task.WhenAll(((IAsyncLifetime)broker).InitializeAsync(), issuer.InitializeAsync());
        peerPorts = FreePorts.Take(2);
        peers = await StartPeersAsync(peerPorts[0], peerPorts[1]);
        await StartReplicaAsync();
        await Eventually.TrueAsync(() => peers.Services.GetRequiredService<IEventPublisher>().IsConnected);
    }

    public async Task DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        await peers!.DisposeAsync();
        await issuer.DisposeAsync();
        await ((IAsyncLifetime)broker).DisposeAsync();
    }

    /// <summary>Another VoiceCallService beside the ones there are.</summary>
    internal async Task<CallReplica> StartReplicaAsync(params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var replica = new CallReplica(Settings().Concat(settings), Logs);
        replicas.Add(replica);
        await replica.ReadyAsync(hasStore: store is not null);
        return replica;
    }

    internal Task<ProtocolClient> RegisterAsync(bool voice = true, string features = ProtocolClient.EveryFeature, string? token = null) =>
        ProtocolClient.RegisterAsync(Address(), token ?? issuer.Token(), "en", voice, features);

    private Dictionary<string, string> Settings() => new()
    {
        // On a busy machine a test's microphone may be held up for longer than a visitor's, and is not to be taken for silent.
        ["VoiceCall:Turns:Stall"] = "00:00:05",
        // Nor is who answers late there to be taken for away.
        ["Resilience:redis:Timeout"] = "00:00:10",
        ["Resilience:textservice:Timeout"] = "00:00:10",
        ["Resilience:audioservice:Timeout"] = "00:00:10",
        ["Resilience:sessionservice:Timeout"] = "00:00:10",
        ["Resilience:hearing:Timeout"] = "00:00:10",
        ["Resilience:events:Timeout"] = BrokerPatience,
        // Nor are calls refused there because it is busy.
        ["Limits:calls:Min"] = "500",
        // Only the test of it wants to see it.
        ["VoiceCall:Turns:Rehearse"] = "false",
        ["Pacing:VoicePatience"] = "00:00:08",
        ["ConnectionStrings:messaging"] = broker.ConnectionString,
        ["ConnectionStrings:redis"] = store?.ConnectionString ?? "",
        ["Services:sessionservice:http:0"] = issuer.Address,
        ["Services:sessionservice:grpc:0"] = $"http://127.0.0.1:{peerPorts[1]}",
        ["Services:textservice:http:0"] = $"http://127.0.0.1:{peerPorts[0]}",
        ["Services:textservice:grpc:0"] = $"http://127.0.0.1:{peerPorts[1]}",
        ["Services:audioservice:http:0"] = $"http://127.0.0.1:{peerPorts[0]}",
        ["Services:audioservice:grpc:0"] = $"http://127.0.0.1:{peerPorts[1]}",
        ["Services:avatarservice:http:0"] = $"http://127.0.0.1:{peerPorts[0]}",
    };

    private async Task<WebApplication> StartPeersAsync(int http, int grpc)
    {
        // Not the tests' own folder: the appsettings.json of the service under test lies there.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:http:Url"] = $"http://127.0.0.1:{http}",
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{grpc}",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["ConnectionStrings:messaging"] = broker.ConnectionString,
            ["Resilience:events:Timeout"] = BrokerPatience,
            ["Services:sessionservice:http:0"] = issuer.Address,
        });
        builder.AddServiceDefaults("peers");
        builder.Services.AddSingleton(Guide).AddSingleton(Voice).AddSingleton(Ear).AddSingleton(issuer);
        builder.AddTurnMessaging(m =>
        {
            m.AddWorkConsumer<ScriptedVoice, SentenceComposed>("museum.audio.sentence-composed", concurrency: 8);
            m.AddBroadcastConsumer<ScriptedVoice, TurnInterrupted>();
        });
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGrpcService<ScriptedGuide>();
        app.MapGrpcService<ScriptedSpeech>();
        app.MapGrpcService<ScriptedSessions>();
        var capabilities = app.Services.GetRequiredService<Capabilities>();
        foreach (var name in new[] { "voice", "face", "llm" })
        {
            capabilities.Report(name, CapabilityState.Ok);
        }

        await app.StartAsync();
        return app;
    }
}
