using System.Net;
using Museum.ServiceDefaults.Health;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Health;

public sealed class SuiteHealthTests : IAsyncLifetime
{
    private readonly SteppedTime time = new();
    private readonly int port = FreePorts.Take(1)[0];
    private DefaultsHost watcher = null!;
    private SuiteHealth suite = null!;
    private PendingTimer pause = null!;
    private int changes;

    // A busy machine is not what these tests are about.
    private TimeSpan patience = Eventually.DefaultTimeout;

    public async Task InitializeAsync()
    {
        watcher = await DefaultsHost.StartAsync(
            configure: b =>
            {
                b.Services.AddSuiteHealth("audioservice");
                b.Services.AddHttpClient(SuiteHealth.ClientName, client => client.Timeout = patience);
                b.Services.AddSingleton(p => new SuiteHealth(p.GetRequiredService<IHttpClientFactory>(), time, ["audioservice"]));
            },
            settings: ("Services:audioservice:http:0", $"http://127.0.0.1:{port}"));
        suite = watcher.Get<SuiteHealth>();
        suite.Changed += () => Interlocked.Increment(ref changes);
        pause = await time.NextAsync().SoonAsync();
        Assert.Equal(TimeSpan.FromSeconds(0.5), pause.Due);
    }

    private ServiceHealth Audio => suite.Of("audioservice");

    public async Task DisposeAsync() => await watcher.DisposeAsync();

    [Fact]
    public async Task A_service_that_is_away_is_asked_less_and_less_often_and_is_back_when_it_answers()
    {
        foreach (var seconds in new[] { 1, 2, 4, 5, 5 })
        {
            await AskAgainAsync(next: seconds);
            Assert.Equal(ServiceHealth.Away, Audio);
        }

        Assert.Equal(0, changes);
        await using (var audio = await StartPeerAsync())
        {
            audio.Get<Capabilities>().Report("voice", CapabilityState.Ok);
            await AskAgainAsync(next: 2);
            Assert.Equal(("healthy", "ok", 1), (Audio.Status, Audio.Capabilities["voice"].State, changes));

            await AskAgainAsync(next: 2);
            Assert.Equal(1, changes);

            audio.Get<Capabilities>().Report("voice", CapabilityState.Degraded, "one engine of two");
            await AskAgainAsync(next: 2);
            Assert.Equal(("degraded", "one engine of two", 2), (Audio.Capabilities["voice"].State, Audio.Capabilities["voice"].Reason, changes));
        }

        await AskAgainAsync(next: 0.5);
        Assert.Equal((ServiceHealth.Away, 3), (Audio, changes));
    }

    [Fact]
    public async Task One_that_has_come_back_is_looked_at_sooner_until_it_is_whole()
    {
        await using var audio = await StartPeerAsync();
        audio.Get<Capabilities>().Report("voice", CapabilityState.Away, "its engines start");
        foreach (var seconds in new[] { 0.5, 1, 2, 2 })
        {
            await AskAgainAsync(next: seconds);
        }

        audio.Get<Capabilities>().Report("voice", CapabilityState.Ok);
        await AskAgainAsync(next: 2);
        Assert.Equal("ok", Audio.Capabilities["voice"].State);
    }

    [Fact]
    public async Task One_that_is_slow_once_is_asked_again_before_it_counts_as_away()
    {
        var hangs = false;
        await using var audio = await StartPeerAsync(app => app.Use((context, next) => hangs ? Task.Delay(Timeout.Infinite, context.RequestAborted) : next(context)));
        await AskAgainAsync(next: 2);
        (hangs, patience) = (true, TimeSpan.FromMilliseconds(100));
        await AskAgainAsync(next: 0.5);
        Assert.Equal(("healthy", 1), (Audio.Status, changes));
        (hangs, patience) = (false, Eventually.DefaultTimeout);
        await AskAgainAsync(next: 2);
        Assert.Equal(("healthy", 1), (Audio.Status, changes));

        (hangs, patience) = (true, TimeSpan.FromMilliseconds(100));
        await AskAgainAsync(next: 0.5);
        await AskAgainAsync(next: 0.5);
        Assert.Equal((ServiceHealth.Away, 2), (Audio, changes));
    }

    [Fact]
    public async Task A_service_that_stops_does_not_think_that_the_others_went()
    {
        await using var audio = await StartPeerAsync();
        await AskAgainAsync(next: 2);
        await suite.StopAsync(CancellationToken.None);
        Assert.Equal(("healthy", 1), (Audio.Status, changes));
    }

    [Fact]
    public async Task An_answer_that_is_no_reading_counts_as_away()
    {
        await using var other = await StartPeerAsync(app => app.Use((HttpContext context, RequestDelegate _) => context.Response.WriteAsync("<html>")));
        await AskAgainAsync(next: 1);
        Assert.Equal(ServiceHealth.Away, Audio);
    }

    /// <summary>Lets the pause pass, and waits until the service was asked and the next pause begins.</summary>
    private async Task AskAgainAsync(double next)
    {
        pause.Fire();
        pause = await time.NextAsync().SoonAsync();
        Assert.Equal(TimeSpan.FromSeconds(next), pause.Due);
    }

    /// <summary>A service that is whole, although it has no broker and no Redis.</summary>
    private async Task<DefaultsHost> StartPeerAsync(Action<WebApplication>? map = null)
    {
        var peer = await DefaultsHost.StartAsync(configure: b => b.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port)), map: map);
        foreach (var missing in peer.Get<Capabilities>().Snapshot().Where(c => c.Value.State == CapabilityState.Away).Select(c => c.Key))
        {
            peer.Get<Capabilities>().Report(missing, CapabilityState.Ok);
        }

        return peer;
    }
}
