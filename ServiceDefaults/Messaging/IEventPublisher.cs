using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>Puts events on the broker.</summary>
public interface IEventPublisher
{
    /// <summary>Code of a publication that the broker may have taken, and may not.</summary>
    public const string Unconfirmed = "broker_silent";

    /// <summary>Is the broker there, as far as this process knows?</summary>
    bool IsConnected { get; }

    /// <exception cref="DependencyException">
    /// <c>broker_unavailable</c>: not connected, or silent for the last publications; <see cref="Unconfirmed"/>: nothing was heard of it within <see cref="TurnMessaging.PublishWithin"/>.
    /// </exception>
    Task PublishAsync<T>(T message, CancellationToken cancellationToken)
        where T : class;
}
