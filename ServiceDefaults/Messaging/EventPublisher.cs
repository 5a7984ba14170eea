using MassTransit;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>Publishing while the broker is away waits for its token without end, so every publication has a deadline.</summary>
internal sealed class EventPublisher(IBus bus, BrokerConnection connection) : IEventPublisher
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);

    public bool IsConnected => connection.IsConnected;

    public async Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class
    {
        if (!connection.IsConnected)
        {
            throw Away(null);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            await bus.Publish(message, deadline.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is OperationCanceledException or MassTransitException or RabbitMQ.Client.Exceptions.RabbitMQClientException)
        {
            throw Away(e);
        }
    }

    private static DependencyException Away(Exception? cause) => new("broker_unavailable", "The message broker is away.", cause);
}

/// <summary>For a process without a broker: every publication says so.</summary>
internal sealed class NoBroker : IEventPublisher
{
    public bool IsConnected => false;

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class =>
        throw new DependencyException("broker_unavailable", "No message broker is configured (ConnectionStrings:messaging).");
}
