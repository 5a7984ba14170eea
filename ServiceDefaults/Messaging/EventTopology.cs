using MassTransit;
using Museum.Contracts.Events;
using RabbitMQ.Client;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// The exchanges. Events of a turn go through non-durable topic exchanges with the holder as routing key: a holder's queue binds its
/// own name, a work queue binds <c>#</c>. What must survive a restart of the broker (TurnClosed, ContentChanged) is durable.
/// </summary>
internal static class EventTopology
{
    private static readonly HashSet<Type> Durable = [typeof(TurnClosed), typeof(ContentChanged)];

    public static bool IsDurable<TEvent>() => Durable.Contains(typeof(TEvent));

    public static void Shape<TEvent>(IRabbitMqExchangeBindingConfigurator binding, string routingKey)
    {
        binding.ExchangeType = ExchangeType.Topic;
        binding.Durable = IsDurable<TEvent>();
        binding.AutoDelete = false;
        binding.RoutingKey = routingKey;
    }

    public static void Configure(IRabbitMqBusFactoryConfigurator bus)
    {
        Turn<SentenceComposed>(bus);
        Turn<SentenceSpoken>(bus);
        Turn<SentenceFailed>(bus);
        Turn<SentenceAnimated>(bus);
        Plain<TurnInterrupted>(bus);
        Plain<AnswerComposed>(bus);
        Plain<TurnClosed>(bus);
        Plain<ContentChanged>(bus);
        Plain<SentencesForeseen>(bus);
    }

    private static void Turn<TEvent>(IRabbitMqBusFactoryConfigurator bus)
        where TEvent : class, ITurnEvent
    {
        Plain<TEvent>(bus);
        bus.Send<TEvent>(send => send.UseRoutingKeyFormatter(context => context.Message.Holder));
    }

    private static void Plain<TEvent>(IRabbitMqBusFactoryConfigurator bus)
        where TEvent : class
    {
        bus.Message<TEvent>(message => message.SetEntityName(EntityNames.Of<TEvent>()));
        bus.Publish<TEvent>(publish =>
        {
            publish.ExchangeType = ExchangeType.Topic;
            publish.Durable = IsDurable<TEvent>();
            publish.AutoDelete = false;
        });
    }
}
