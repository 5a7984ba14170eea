using System.Collections.Concurrent;
using MassTransit;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

/// <summary>What a replica's consumers were given.</summary>
internal sealed class Inbox
{
    public ConcurrentQueue<object> Events { get; } = new();

    /// <summary>Runs before an event counts as taken.</summary>
    public Action<object>? OnEvent { get; set; }

    public int CountOf<T>(string session)
        where T : class => Events.OfType<T>().Count(e => (e is ITurnEvent t ? t.Session : (e as TurnInterrupted)?.Session) == session);

    public void Take(object message)
    {
        OnEvent?.Invoke(message);
        Events.Enqueue(message);
    }
}

internal sealed class HolderConsumer(Inbox inbox) : IConsumer<SentenceSpoken>, IConsumer<SentenceFailed>
{
    public Task Consume(ConsumeContext<SentenceSpoken> context) => Taken(context.Message);

    public Task Consume(ConsumeContext<SentenceFailed> context) => Taken(context.Message);

    private Task Taken(object message)
    {
        inbox.Take(message);
        return Task.CompletedTask;
    }
}

internal sealed class WorkConsumer(Inbox inbox) : IConsumer<SentenceComposed>
{
    public Task Consume(ConsumeContext<SentenceComposed> context)
    {
        inbox.Take(context.Message);
        return Task.CompletedTask;
    }
}

internal sealed class BroadcastConsumer(Inbox inbox) : IConsumer<TurnInterrupted>
{
    public Task Consume(ConsumeContext<TurnInterrupted> context)
    {
        inbox.Take(context.Message);
        return Task.CompletedTask;
    }
}

/// <summary>Replicas with one consumer of each audience.</summary>
internal static class EventHost
{
    public const string WorkQueue = "museum.test.sentence-composed";

    public static void AddBroker(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Inbox>();
        builder.AddTurnMessaging(messaging =>
        {
            messaging.AddWorkConsumer<WorkConsumer, SentenceComposed>(WorkQueue);
            messaging.AddHolderConsumer<HolderConsumer, SentenceSpoken>();
            messaging.AddHolderConsumer<HolderConsumer, SentenceFailed>();
            messaging.AddBroadcastConsumer<BroadcastConsumer, TurnInterrupted>();
        });
    }

    public static async Task<DefaultsHost> StartReplicaAsync(this RabbitMqServer broker, Action<WebApplicationBuilder>? configure = null, string service = "testservice", params (string, string?)[] settings)
    {
        var host = await DefaultsHost.StartAsync(
            configure: configure ?? AddBroker,
            service: service,
            // Else a busy machine has what is published twice: what was not confirmed in time arrives all the same.
            settings: [("Resilience:events:Timeout", "00:00:10"), .. settings, ("ConnectionStrings:messaging", broker.ConnectionString)]);
        await Eventually.TrueAsync(() => host.Publisher().IsConnected);
        return host;
    }

    public static IEventPublisher Publisher(this DefaultsHost host) => host.Get<IEventPublisher>();

    public static string Holder(this DefaultsHost host) => host.Get<HolderIdentity>().Id;

    public static Inbox Inbox(this DefaultsHost host) => host.Get<Inbox>();

    /// <summary>Again, where the broker has just come back and is not found yet.</summary>
    public static Task PublishSoonAsync<T>(this DefaultsHost host, T message)
        where T : class => Eventually.TrueAsync(async () =>
        {
            try
            {
                await host.Publisher().PublishAsync(message, CancellationToken.None);
                return true;
            }
            catch (DependencyException)
            {
                return false;
            }
        });

    public static IEnumerable<string> ExchangeNames => EntityNames.Events.Select(type =>
        (string)typeof(EntityNames).GetMethod(nameof(EntityNames.Of))!.MakeGenericMethod(type).Invoke(null, null)!);

    public static SentenceSpoken Spoken(string holder, string session) => new()
    {
        Holder = holder, Epoch = 1, Session = session, Turn = 1, Sequence = 0, Text = "Hello.", Language = "en",
        SampleRate = 16_000, Address = "http://127.0.0.1:1", Handle = "h", Provider = "test",
    };

    public static SentenceAnimated Animated(string holder, string session) =>
        new() { Holder = holder, Epoch = 1, Session = session, Turn = 1, Sequence = 0, SampleRate = 16_000 };

    public static SentenceFailed Failed(string holder, string session, int sequence = 0) =>
        new() { Holder = holder, Epoch = 1, Session = session, Turn = 1, Sequence = sequence, Code = "test" };

    public static SentenceComposed Composed(string session, int sequence = 0) => new()
    {
        Holder = "nobody", Epoch = 1, Session = session, Turn = 1, Sequence = sequence, Text = "Hello.", Language = "en", NeededBy = 0,
    };
}
