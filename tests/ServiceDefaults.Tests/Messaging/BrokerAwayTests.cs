using System.Net;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

[Collection(BrokerCollection.Name)]
public sealed class BrokerAwayTests(RabbitMqServer broker) : IAsyncLifetime
{
    private readonly string session = TokenIssuer.NewSession();
    private DefaultsHost host = null!;

    public async Task InitializeAsync() => host = await broker.StartReplicaAsync();

    public async Task DisposeAsync()
    {
        await broker.StartAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task While_the_broker_is_away_publishing_fails_soon_and_works_again_when_it_is_back()
    {
        broker.Stop();
        // From the first moment on it either still goes into the broken connection or fails with this code; it never hangs.
        await Eventually.TrueAsync(async () => await PublishAsync(0) is { Code: "broker_unavailable", Retryable: true });
        await Eventually.TrueAsync(() => Events.State == CapabilityState.Away);
        Assert.Equal("broker_unavailable", (await PublishAsync(0))?.Code);
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/health/ready", null));
        Assert.Equal("degraded", (string?)(await host.HealthAsync())["status"]);

        await broker.StartAsync();
        await Eventually.TrueAsync(() => Events.State == CapabilityState.Ok);
        await host.PublishSoonAsync(EventHost.Failed(host.Holder(), session, sequence: 1));
        await Eventually.TrueAsync(() => host.Inbox().Events.OfType<SentenceFailed>().Any(e => e.Sequence == 1));
    }

    [Fact]
    public async Task A_service_that_started_without_the_broker_finds_it()
    {
        broker.Stop();
        await using var early = await DefaultsHost.StartAsync(configure: EventHost.AddBroker, settings: ("ConnectionStrings:messaging", broker.ConnectionString));
        await Assert.ThrowsAsync<DependencyException>(() => early.Publisher().PublishAsync(EventHost.Failed("x", session), CancellationToken.None));
        await broker.StartAsync();
        await early.PublishSoonAsync(EventHost.Failed(early.Holder(), session));
        await Eventually.TrueAsync(() => early.Inbox().CountOf<SentenceFailed>(session) >= 1);
    }

    [Fact]
    public async Task Who_gives_up_publishing_is_told_that_and_not_that_the_broker_is_away()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Publisher().PublishAsync(EventHost.Failed("x", session), gone.Token));
    }

    private CapabilityReading Events => host.Get<Capabilities>().Snapshot()["events"];

    /// <summary>Null: it was taken.</summary>
    private async Task<DependencyException?> PublishAsync(int sequence)
    {
        try
        {
            await host.Publisher().PublishAsync(EventHost.Failed(host.Holder(), session, sequence), CancellationToken.None).SoonAsync();
            return null;
        }
        catch (DependencyException e)
        {
            return e;
        }
    }
}
