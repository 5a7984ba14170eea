using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using RabbitMQ.Client.Exceptions;

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
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsConnectionLoss(e))
        {
            throw Away(e);
        }
    }

    /// <summary>A connection that breaks in the middle of a publication shows itself as any of these.</summary>
    private static bool IsConnectionLoss(Exception e) =>
        e is OperationCanceledException or MassTransitException or RabbitMQClientException or IOException or SocketException or ObjectDisposedException;

    private static DependencyException Away(Exception? cause) => new("broker_unavailable", "The message broker is away.", cause);
}

/// <summary>For a process without a broker: every publication, and the capability <c>events</c>, say so.</summary>
internal sealed class NoBroker(Capabilities capabilities) : IEventPublisher, IHostedService
{
    private const string Reason = "No message broker is configured (ConnectionStrings:messaging).";

    public bool IsConnected => false;

    public Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class =>
        throw new DependencyException("broker_unavailable", Reason);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        capabilities.Report("events", CapabilityState.Away, Reason);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
