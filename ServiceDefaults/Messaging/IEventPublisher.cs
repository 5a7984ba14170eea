using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>Puts events on the broker.</summary>
public interface IEventPublisher
{
    /// <summary>Is the broker there, as far as this process knows?</summary>
    bool IsConnected { get; }

    /// <exception cref="DependencyException"><c>broker_unavailable</c>: not connected, or not taken within 500 ms.</exception>
    Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class;
}
