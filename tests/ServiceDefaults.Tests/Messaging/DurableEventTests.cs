using System.Collections.Concurrent;
using MassTransit;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

internal sealed class History
{
    public ConcurrentDictionary<(string Session, long Turn), int> Turns { get; } = new();

    public int FailuresLeft;
}

internal sealed class HistoryConsumer(History history) : IConsumer<TurnClosed>
{
    public Task Consume(ConsumeContext<TurnClosed> context)
    {
        if (Interlocked.Decrement(ref history.FailuresLeft) >= 0)
        {
            throw new InvalidOperationException("The store is away.");
        }

        history.Turns.AddOrUpdate((context.Message.Session, context.Message.Turn), 1, (_, times) => times + 1);
        return Task.CompletedTask;
    }
}

/// <summary>What the broker has taken arrives.</summary>
[Collection(BrokerCollection.Name)]
public sealed class DurableEventTests(RabbitMqServer broker) : IAsyncLifetime
{
    private readonly string session = TokenIssuer.NewSession();
    private readonly History history = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => broker.StartAsync();

    [Fact]
    public async Task What_was_acknowledged_before_the_broker_was_killed_arrives_after_it_is_back()
    {
        await using var host = await StartAsync();
        using var killed = new CancellationTokenSource();
        var publishing = PublishUntilAsync(host, killed.Token);
        await Eventually.TrueAsync(() => history.Turns.Count > 50);
        broker.Stop();
        await killed.CancelAsync();
        var acknowledged = await publishing;
        await broker.StartAsync();
        await Eventually.TrueAsync(() => acknowledged.All(turn => history.Turns.ContainsKey((session, turn))), $"all of {acknowledged.Count} acknowledged turns");
    }

    [Fact]
    public async Task What_nobody_was_there_for_waits_for_the_next_replica()
    {
        await using (var first = await StartAsync())
        {
            await first.PublishSoonAsync(Closed(1));
            await Eventually.TrueAsync(() => history.Turns.ContainsKey((session, 1)));
        }

        await using (var publisher = await broker.StartReplicaAsync())
        {
            await publisher.PublishSoonAsync(Closed(2));
        }

        await using var second = await StartAsync();
        await Eventually.TrueAsync(() => history.Turns.ContainsKey((session, 2)));
    }

    [Fact]
    public async Task A_consumer_that_fails_is_asked_again()
    {
        await using var host = await StartAsync();
        history.FailuresLeft = 2;
        await host.PublishSoonAsync(Closed(1));
        await Eventually.TrueAsync(() => history.Turns.ContainsKey((session, 1)));
    }

    private Task<DefaultsHost> StartAsync() => broker.StartReplicaAsync(builder =>
    {
        builder.Services.AddSingleton(history);
        builder.AddTurnMessaging(messaging => messaging.AddDurableConsumer<HistoryConsumer, TurnClosed>("museum.test.history"));
    });

    /// <returns>The turns that the broker took.</returns>
    private async Task<List<long>> PublishUntilAsync(DefaultsHost host, CancellationToken stop)
    {
        var taken = new List<long>();
        for (var turn = 1L; !stop.IsCancellationRequested; turn++)
        {
            try
            {
                await host.Publisher().PublishAsync(Closed(turn), CancellationToken.None);
                taken.Add(turn);
            }
            catch (DependencyException)
            {
                // Not taken, and said so.
            }
        }

        return taken;
    }

    private TurnClosed Closed(long turn) => new() { Session = session, Turn = turn, Interrupted = false, Language = "en", ClosedAt = 0 };
}
