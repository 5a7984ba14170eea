using MassTransit;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>Says what a service consumes: work shared by its replicas, events addressed to this replica, or events for every replica.</summary>
public sealed class TurnMessaging
{
    internal List<Subscription> Subscriptions { get; } = [];

    /// <summary>
    /// How long a publication waits for the broker's word, unless <c>Resilience:events:Timeout</c> says otherwise. Short where a visitor waits
    /// until it is known to have failed; longer where only a consumer waits, and what is not confirmed would be lost to the visitor.
    /// </summary>
    public TimeSpan PublishWithin { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>One queue for all replicas; each event is handled by one of them. Bounded, with a time to live: late work is no work.</summary>
    public void AddWorkConsumer<TConsumer, TEvent>(string queue, int concurrency = 4)
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class =>
        Subscriptions.Add(Subscription.Of<TConsumer, TEvent>(Audience.OneReplica, queue, concurrency));

    /// <summary>
    /// One durable queue for all replicas, for events that are durable themselves (TurnClosed, ContentChanged): what the broker has taken
    /// arrives, across the death of the consumer and of the broker. At least once: consumers are idempotent. One that throws is asked again.
    /// </summary>
    public void AddDurableConsumer<TConsumer, TEvent>(string queue, int concurrency = 4)
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class =>
        Subscriptions.Add(Subscription.Of<TConsumer, TEvent>(Audience.Durable, queue, concurrency));

    /// <summary>Only what is addressed to this replica (<see cref="HolderIdentity"/>); the queue goes when the replica goes.</summary>
    public void AddHolderConsumer<TConsumer, TEvent>()
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class =>
        Subscriptions.Add(Subscription.Of<TConsumer, TEvent>(Audience.ThisHolder, "holder", 16));

    /// <summary>Every replica gets every event.</summary>
    public void AddBroadcastConsumer<TConsumer, TEvent>()
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class =>
        Subscriptions.Add(Subscription.Of<TConsumer, TEvent>(Audience.EveryReplica, "broadcast", 4));
}

internal enum Audience
{
    OneReplica,
    Durable,
    ThisHolder,
    EveryReplica,
}

internal sealed record Subscription(
    Audience Audience,
    string Queue,
    int Concurrency,
    Type Consumer,
    Action<IBusRegistrationConfigurator> Register,
    Action<IRabbitMqReceiveEndpointConfigurator, string> Bind,
    Action<IRabbitMqReceiveEndpointConfigurator, IRegistrationContext> Consume)
{
    public static Subscription Of<TConsumer, TEvent>(Audience audience, string queue, int concurrency)
        where TConsumer : class, IConsumer<TEvent>
        where TEvent : class => new(
            audience,
            queue,
            concurrency,
            typeof(TConsumer),
            bus => bus.AddConsumer<TConsumer>(),
            (endpoint, holder) => endpoint.Bind<TEvent>(binding => EventTopology.Shape<TEvent>(binding, audience == Audience.ThisHolder ? holder : "#")),
            (endpoint, context) => endpoint.ConfigureConsumer<TConsumer>(context));
}
