using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Tests;

/// <summary>One VoiceCallService on real Kestrel; several in one process are replicas of each other.</summary>
internal sealed class CallReplica : IAsyncDisposable
{
    private static readonly TimeSpan PeerPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplicationFactory<Program> service;

    public CallReplica(IEnumerable<KeyValuePair<string, string>> settings, ILoggerProvider logs)
    {
        var ports = FreePorts.Take(2);
        service = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            host.UseSetting("Kestrel:Endpoints:http:Url", $"http://127.0.0.1:{ports[0]}");
            host.UseSetting("Kestrel:Endpoints:grpc:Url", $"http://127.0.0.1:{ports[1]}");
            host.ConfigureLogging(logging => logging.AddProvider(logs));
            // Peers on a machine that is busy with the tests answer late, and are not to be taken for away.
            host.ConfigureTestServices(services => services.AddHttpClient(SuiteHealth.ClientName, client => client.Timeout = PeerPatience));
        });
        service.UseKestrel();
        service.StartServer();
        HttpAddress = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => new Uri(a).Port == ports[0]);
    }

    public IServiceProvider Services => service.Services;

    public string HttpAddress { get; }

    public Uri Address(string path = "/ws/text/stream") => new(HttpAddress.Replace("http://", "ws://", StringComparison.Ordinal) + path);

    /// <summary>It speaks, and knows that it does.</summary>
    public async Task ReadyAsync(bool hasStore)
    {
        await Eventually.TrueAsync(() => Services.GetRequiredService<IEventPublisher>().IsConnected);
        var peers = Services.GetRequiredService<SuiteHealth>();
        foreach (var (service, capability) in new[] { ("audioservice", "voice"), ("avatarservice", "face"), ("textservice", "llm") })
        {
            await Eventually.TrueAsync(() => peers.Of(service).Capabilities.ContainsKey(capability), $"{capability} of {service} is known");
        }

        await Eventually.TrueAsync(() => !hasStore || Services.GetRequiredService<Capabilities>().Snapshot()["store"].State == CapabilityState.Ok);
    }

    /// <summary>The store has all of a call that this replica holds: its messages are written there beside being sent.</summary>
    public Task StoredAsync(string session) => Services.GetRequiredService<SessionRegistry>().Find(session)!.Log!.WaitsAsync(forResume: false).SoonAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
