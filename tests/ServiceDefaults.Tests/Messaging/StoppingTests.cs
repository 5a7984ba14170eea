using Museum.Contracts.Events;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

[Collection(BrokerCollection.Name)]
public sealed class StoppingTests(RabbitMqServer broker)
{
    [Fact]
    public async Task A_replica_that_stops_while_it_is_still_connecting_takes_no_work_afterwards()
    {
        for (var i = 0; i < 6; i++)
        {
            await using var hasty = await DefaultsHost.StartAsync(configure: EventHost.AddBroker, settings: ("ConnectionStrings:messaging", broker.ConnectionString));
        }

        await OneReplicaDoesAllWorkAsync();
    }

    [Fact]
    public async Task A_replica_that_stops_before_there_is_a_broker_does_not_connect_when_there_is_one()
    {
        broker.Stop();
        try
        {
            await using var early = await DefaultsHost.StartAsync(configure: EventHost.AddBroker, settings: ("ConnectionStrings:messaging", broker.ConnectionString));
        }
        finally
        {
            await broker.StartAsync();
        }

        await OneReplicaDoesAllWorkAsync();
    }

    [Fact]
    public async Task A_replicas_own_queues_go_with_it()
    {
        string[] queues;
        await using (var replica = await broker.StartReplicaAsync())
        {
            queues = [$"museum.holder.{replica.Holder()}", $"museum.broadcast.{replica.Holder()}"];
        }

        foreach (var queue in queues)
        {
            await Eventually.TrueAsync(async () => await broker.FindQueueAsync(queue) == AmqpProbe.NotFound);
        }
    }

    private async Task OneReplicaDoesAllWorkAsync()
    {
        const int sentences = 60;
        var session = TokenIssuer.NewSession();
        await using var replica = await broker.StartReplicaAsync();
        for (var i = 0; i < sentences; i++)
        {
            await replica.PublishSoonAsync(EventHost.Composed(session, i));
        }

        await Eventually.TrueAsync(() => replica.Inbox().CountOf<SentenceComposed>(session) == sentences);
        await Eventually.TrueAsync(async () => await broker.ConsumersAsync(EventHost.WorkQueue) == 1);
    }
}
