using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

[Collection(BrokerCollection.Name)]
public sealed class EventRoutingTests(RabbitMqServer broker) : IAsyncLifetime
{
    private readonly string session = TokenIssuer.NewSession();
    private DefaultsHost one = null!;
    private DefaultsHost other = null!;

    public async Task InitializeAsync()
    {
        one = await broker.StartReplicaAsync();
        other = await broker.StartReplicaAsync();
    }

    public async Task DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task An_event_reaches_its_holder_and_nobody_else()
    {
        await one.PublishSoonAsync(EventHost.Failed(other.Holder(), session, sequence: 1));
        await one.PublishSoonAsync(EventHost.Failed(one.Holder(), session, sequence: 2));
        // What was published last is the last to arrive.
        await Eventually.TrueAsync(() => one.Inbox().CountOf<SentenceFailed>(session) == 1 && other.Inbox().CountOf<SentenceFailed>(session) == 1);
        Assert.Equal(2, one.Inbox().Events.OfType<SentenceFailed>().Single().Sequence);
        Assert.Equal(1, other.Inbox().Events.OfType<SentenceFailed>().Single().Sequence);
    }

    [Fact]
    public async Task An_event_for_a_holder_that_is_gone_reaches_nobody()
    {
        await one.PublishSoonAsync(EventHost.Failed("gone", session, sequence: 1));
        await one.PublishSoonAsync(EventHost.Failed(one.Holder(), session, sequence: 2));
        await Eventually.TrueAsync(() => one.Inbox().CountOf<SentenceFailed>(session) == 1);
        Assert.Equal(0, other.Inbox().CountOf<SentenceFailed>(session));
    }

    [Fact]
    public async Task Work_is_done_once_by_one_of_the_replicas()
    {
        const int sentences = 40;
        for (var i = 0; i < sentences; i++)
        {
            await one.PublishSoonAsync(EventHost.Composed(session, i));
        }

        await Eventually.TrueAsync(() => Done().Count == sentences);
        Assert.Equal(Enumerable.Range(0, sentences), Done().Order());
        Assert.NotEqual(0, one.Inbox().CountOf<SentenceComposed>(session));
        Assert.NotEqual(0, other.Inbox().CountOf<SentenceComposed>(session));

        List<int> Done() => [.. one.Inbox().Events.Concat(other.Inbox().Events).OfType<SentenceComposed>().Where(e => e.Session == session).Select(e => e.Sequence)];
    }

    [Fact]
    public async Task An_interruption_reaches_every_replica()
    {
        await one.PublishSoonAsync(new TurnInterrupted { Session = session, Epoch = 1, ThroughTurn = 3 });
        await Eventually.TrueAsync(() => one.Inbox().CountOf<TurnInterrupted>(session) == 1 && other.Inbox().CountOf<TurnInterrupted>(session) == 1);
    }

    [Fact]
    public async Task A_process_that_only_publishes_knows_the_broker_too()
    {
        await using var publisher = await broker.StartReplicaAsync(b => b.AddTurnMessaging(_ => { }));
        await publisher.PublishSoonAsync(EventHost.Failed(one.Holder(), session));
        await Eventually.TrueAsync(() => one.Inbox().CountOf<SentenceFailed>(session) == 1);
    }

    [Fact]
    public void Every_start_is_a_holder_of_its_own_and_its_name_fits()
    {
        var names = Enumerable.Range(0, 100).Select(_ => new HolderIdentity().Id).ToHashSet();
        Assert.Equal(100, names.Count);
        Assert.All(names, n => Assert.InRange(n.Length, 14, 40));
    }
}
