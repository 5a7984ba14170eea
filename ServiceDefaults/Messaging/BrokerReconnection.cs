using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// MassTransit asks for a lost broker after 6 s, then ever more seldom, up to once a minute, and has no setting for it (its issues 671
/// and 3359); a visitor's voice would stay away as long. So its policy is exchanged for 0.5 s doubling to 2 s: not
/// to the 5 s of other probes, since a broker takes 7 s to start and the suite should be whole within 5 s of that. Delete this when MassTransit has the setting; BrokerAwayTests fail when its fields change.
/// </summary>
internal static class BrokerReconnection
{
    public static void Quicken(IRabbitMqBusFactoryConfigurator bus)
    {
        var host = (RabbitMqHostConfiguration)HostOf((RabbitMqBusFactoryConfigurator)bus);
        PolicyOf(host) = Retry.CreatePolicy(retry => retry.Exponential(
            retryLimit: 1000, minInterval: TimeSpan.FromSeconds(0.5), maxInterval: TimeSpan.FromSeconds(2), intervalDelta: TimeSpan.FromSeconds(0.5)));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_hostConfiguration")]
    private static extern ref IRabbitMqHostConfiguration HostOf(RabbitMqBusFactoryConfigurator bus);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<ReceiveTransportRetryPolicy>k__BackingField")]
    private static extern ref IRetryPolicy PolicyOf(RabbitMqHostConfiguration host);
}
