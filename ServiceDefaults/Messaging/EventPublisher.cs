using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;
using Polly.CircuitBreaker;
using Polly.Timeout;
using RabbitMQ.Client.Exceptions;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// Publishing while the broker is away waits for its token without end, so every publication has a deadline; and while a frozen one has
/// not lost its connections yet, the breaker spares visitors the wait.
/// </summary>
internal sealed class EventPublisher(IBus bus, BrokerConnection connection, Pipelines pipelines) : IEventPublisher
{
    /// <summary>Name of its pipeline.</summary>
    public const string Pipeline = "events";

    /// <summary>No retries: by the time of the second, what was to be spoken is not wanted any more.</summary>
    public static void SetPipeline(PipelineOptions options, TimeSpan timeout)
    {
        (options.Timeout, options.Retries) = (timeout, 0);
        (options.BreakerThroughput, options.BreakerWindow, options.BreakFor) = (3, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
    }

    public bool IsConnected => connection.IsConnected;

    public async Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class
    {
        if (!connection.IsConnected)
        {
            throw Away(null);
        }

        try
        {
            await pipelines.Of(Pipeline).ExecuteAsync(async attempt => await SendAsync(message, attempt), cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw new DependencyException(IEventPublisher.Unconfirmed, "The message broker did not say in time that it has the message.", e);
        }
        catch (BrokenCircuitException e)
        {
            throw Away(e);
        }
    }

    private async Task SendAsync<T>(T message, CancellationToken attempt)
        where T : class
    {
        try
        {
            // Declaring the exchange of a first publication does not look at the token: a frozen broker would hold it for 20 s and more.
            await bus.Publish(message, attempt).WaitAsync(attempt);
        }
        catch (Exception e) when (!attempt.IsCancellationRequested && IsConnectionLoss(e))
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
