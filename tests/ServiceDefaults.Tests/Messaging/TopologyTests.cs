using System.Text;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;
using RabbitMQ.Client;

namespace Museum.ServiceDefaults.Tests.Messaging;

/// <summary>What stands on the broker, seen by the plain client.</summary>
[Collection(BrokerCollection.Name)]
public sealed class TopologyTests(RabbitMqServer broker) : IAsyncLifetime
{
    private readonly string session = TokenIssuer.NewSession();
    private DefaultsHost host = null!;

    public async Task InitializeAsync() => host = await broker.StartReplicaAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Every_event_has_its_topic_exchange_and_only_the_two_that_must_last_are_durable()
    {
        await host.PublishSoonAsync(EventHost.Composed(session));
        await host.PublishSoonAsync(EventHost.Failed("nobody", session));
        await host.PublishSoonAsync(EventHost.Spoken("nobody", session));
        await host.PublishSoonAsync(EventHost.Animated("nobody", session));
        await host.PublishSoonAsync(new TurnInterrupted { Session = session, Epoch = 1, ThroughTurn = 1 });
        await host.PublishSoonAsync(new AnswerComposed { Session = session, Turn = 1, SentenceCount = 1, Grounded = true, Language = "en" });
        await host.PublishSoonAsync(new TurnClosed { Session = session, Turn = 1, Interrupted = false, Language = "en", ClosedAt = 0 });
        await host.PublishSoonAsync(new ContentChanged { Version = "1" });
        await host.PublishSoonAsync(new SentencesForeseen { Language = "en", Sentences = ["It is by Munch."] });

        string[] lasting = [EntityNames.Of<TurnClosed>(), EntityNames.Of<ContentChanged>()];
        foreach (var name in EventHost.ExchangeNames)
        {
            Assert.Equal((name, 0), (name, await broker.FindExchangeAsync(name)));
            // Declaring it again is allowed only exactly as it is.
            Assert.Equal((name, 0), (name, await DeclareAsync(name, ExchangeType.Topic, lasting.Contains(name))));
            Assert.Equal((name, AmqpProbe.Different), (name, await DeclareAsync(name, ExchangeType.Fanout, lasting.Contains(name))));
            Assert.Equal((name, AmqpProbe.Different), (name, await DeclareAsync(name, ExchangeType.Topic, !lasting.Contains(name))));
        }
    }

    [Fact]
    public async Task The_work_queue_is_bounded_and_forgets_what_is_late()
    {
        Assert.Equal(0, await DeclareWorkQueueAsync(ttl: 30_000, length: 256));
        Assert.Equal(AmqpProbe.Different, await DeclareWorkQueueAsync(ttl: 60_000, length: 256));
        Assert.Equal(AmqpProbe.Different, await DeclareWorkQueueAsync(ttl: 30_000, length: 512));
    }

    [Fact]
    public async Task A_replicas_own_queues_are_its_alone()
    {
        foreach (var queue in new List<string> { $"museum.holder.{host.Holder()}", $"museum.broadcast.{host.Holder()}" })
        {
            Assert.Equal((queue, AmqpProbe.Locked), (queue, await broker.FindQueueAsync(queue)));
        }
    }

    [Fact]
    public async Task What_a_consumer_throws_at_is_tried_once_and_kept_nowhere()
    {
        var tries = 0;
        host.Inbox().OnEvent = e =>
        {
            if (e is SentenceComposed { Sequence: 0 } || e is SentenceFailed { Sequence: 0 })
            {
                Interlocked.Increment(ref tries);
                throw new InvalidOperationException("cannot be spoken");
            }
        };
        await host.PublishSoonAsync(EventHost.Composed(session, 0));
        await host.PublishSoonAsync(EventHost.Failed(host.Holder(), session, 0));
        await Eventually.TrueAsync(() => Volatile.Read(ref tries) == 2);
        await NothingIsKeptAsync();
        Assert.Equal(2, tries);
    }

    [Theory]
    [InlineData("""{"messageId":"7a1f0000-0000-0000-0000-000000000000","messageType":["urn:message:Elsewhere:SomethingElse"],"message":{}}""")]
    [InlineData("""{"messageId":"7a1f0000-0000-0000-0000-000000000001","messageType":["urn:message:Museum.Contracts.Events:SentenceComposed"],"message":{"turn":"first"}}""")]
    [InlineData("who said this?")]
    public async Task What_nobody_understands_is_kept_nowhere(string body)
    {
        await broker.AskAsync(async channel => await channel.BasicPublishAsync(
            "", EventHost.WorkQueue, false, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, Encoding.UTF8.GetBytes(body)));
        await NothingIsKeptAsync();
    }

    /// <summary>The queue goes on, is empty, and has no neighbours that gather what failed.</summary>
    private async Task NothingIsKeptAsync()
    {
        await host.PublishSoonAsync(EventHost.Composed(session, 1));
        await host.PublishSoonAsync(EventHost.Failed(host.Holder(), session, 1));
        await Eventually.TrueAsync(() => host.Inbox().CountOf<SentenceComposed>(session) == 1 && host.Inbox().CountOf<SentenceFailed>(session) == 1);
        await Eventually.TrueAsync(async () => await broker.CountAsync(EventHost.WorkQueue) == 0);
        foreach (var queue in new[] { EventHost.WorkQueue, $"museum.holder.{host.Holder()}" })
        {
            Assert.Equal(AmqpProbe.NotFound, await broker.FindQueueAsync(queue + "_error"));
            Assert.Equal(AmqpProbe.NotFound, await broker.FindQueueAsync(queue + "_skipped"));
        }
    }

    private Task<int> DeclareAsync(string name, string type, bool durable) =>
        broker.AskAsync(c => c.ExchangeDeclareAsync(name, type, durable, autoDelete: false));

    private Task<int> DeclareWorkQueueAsync(int ttl, int length) => broker.AskAsync(c => c.QueueDeclareAsync(
        EventHost.WorkQueue, durable: false, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-message-ttl"] = ttl, ["x-max-length"] = length }));
}
