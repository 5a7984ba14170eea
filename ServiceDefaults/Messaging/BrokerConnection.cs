using System.Collections.Concurrent;
using MassTransit;
using Museum.ServiceDefaults.Health;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// Whether the broker is there. A bus that only publishes reports itself healthy with the broker down, so every service has at least
/// one receive endpoint, and that endpoint's state is what counts.
/// </summary>
internal sealed class BrokerConnection : IReceiveEndpointObserver
{
    private const string Capability = "events";
    private readonly Capabilities capabilities;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<Uri, bool> endpoints = new();
    private volatile bool started;

    public BrokerConnection(Capabilities capabilities)
    {
        this.capabilities = capabilities;
        capabilities.Report(Capability, CapabilityState.Away, "RabbitMQ is not connected yet.");
    }

    /// <summary>Every endpoint is ready: with one of them gone, some events would not arrive.</summary>
    public bool IsConnected => started && endpoints.Values.All(ready => ready);

    /// <summary>All endpoints have been ready once: before, those not heard of yet would be missed.</summary>
    public void Started()
    {
        lock (gate)
        {
            started = true;
            Report();
        }
    }

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready) => Set(ready.InputAddress, true);

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => Set(completed.InputAddress, false);

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => Set(faulted.InputAddress, false);

    private Task Set(Uri endpoint, bool ready)
    {
        // One after another, so that the last report is of the last state.
        lock (gate)
        {
            endpoints[endpoint] = ready;
            Report();
        }

        return Task.CompletedTask;
    }

    private void Report()
    {
        var connected = IsConnected;
        capabilities.Report(Capability, connected ? CapabilityState.Ok : CapabilityState.Away, connected ? null : "RabbitMQ is away.");
    }
}
