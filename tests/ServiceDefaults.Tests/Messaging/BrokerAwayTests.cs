using System.Net;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

[Collection(BrokerCollection.Name)]
public sealed class BrokerAwayTests(RabbitMqServer broker) : IAsyncLifetime
{
    private readonly string session = TokenIssuer.NewSession();
    private DefaultsHost host = null!;

    public async Task InitializeAsync() => host = await broker.StartReplicaAsync(settings: ("Resilience:events:Timeout", "00:00:00.500"));

    public async Task DisposeAsync()
    {
        await broker.StartAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task While_the_broker_is_away_publishing_fails_soon_and_everybody_finds_it_when_it_is_back()
    {
        broker.Stop();
        // It never hangs: a publication goes through to the last or fails with this code.
        await Eventually.TrueAsync(async () => await PublishAsync(host) is { Code: "broker_unavailable", Retryable: true });
        await Eventually.TrueAsync(() => StateOf(host) == CapabilityState.Away);
        Assert.Equal("broker_unavailable", (await PublishAsync(host))?.Code);
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/health/ready", null));
        Assert.Equal("degraded", (string?)(await host.HealthAsync())["status"]);

        await using var early = await DefaultsHost.StartAsync(configure: EventHost.AddBroker, settings: ("ConnectionStrings:messaging", broker.ConnectionString));
        Assert.Equal("broker_unavailable", (await PublishAsync(early))?.Code);
        Assert.Equal(CapabilityState.Away, StateOf(early));

        await broker.StartAsync();
        foreach (var replica in new[] { host, early })
        {
            await Eventually.TrueAsync(() => StateOf(replica) == CapabilityState.Ok);
            await Eventually.TrueAsync(async () => await PublishAsync(replica) is null && replica.Inbox().CountOf<SentenceFailed>(session) > 0);
        }
    }

    [Fact]
    public async Task What_a_busy_broker_does_not_confirm_in_time_may_arrive_all_the_same_and_the_failure_says_so()
    {
        await Eventually.TrueAsync(async () => await PublishAsync(host) is null);
        await Eventually.TrueAsync(() => host.Inbox().CountOf<SentenceFailed>(session) > 0);
        var before = host.Inbox().CountOf<SentenceFailed>(session);

        broker.Freeze();
        try
        {
            Assert.Equal(IEventPublisher.Unconfirmed, (await PublishAsync(host))?.Code);
        }
        finally
        {
            broker.Thaw();
        }

        await Eventually.TrueAsync(() => host.Inbox().CountOf<SentenceFailed>(session) > before);
    }

    [Fact]
    public async Task Who_gives_up_publishing_is_told_that_and_not_that_the_broker_is_away()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Publisher().PublishAsync(EventHost.Failed("x", session), gone.Token));
    }

    private static CapabilityState StateOf(DefaultsHost replica) => replica.Get<Capabilities>().Snapshot()["events"].State;

    /// <summary>Publishes to itself. Null: it was taken.</summary>
    private async Task<DependencyException?> PublishAsync(DefaultsHost replica)
    {
        try
        {
            await replica.Publisher().PublishAsync(EventHost.Failed(replica.Holder(), session), CancellationToken.None).SoonAsync();
            return null;
        }
        catch (DependencyException e)
        {
            return e;
        }
    }
}
