using MassTransit;
using Museum.ServiceDefaults.Health;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// Whether the broker is there. A bus that only publishes reports itself healthy with the broker down, so every service has at least
/// one receive endpoint, and that endpoint's state is what counts.
/// </summary>
internal sealed class BrokerConnection(Capabilities capabilities) : IReceiveEndpointObserver
{
    private int ready;

    public bool IsConnected => Volatile.Read(ref ready) > 0;

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready1) => SetAsync(1);

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => SetAsync(0);

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => SetAsync(0);

    private Task SetAsync(int value)
    {
        Volatile.Write(ref ready, value);
        capabilities.Report("events", value == 1 ? CapabilityState.Ok : CapabilityState.Away, value == 1 ? null : "RabbitMQ is away.");
        return Task.CompletedTask;
    }
}
