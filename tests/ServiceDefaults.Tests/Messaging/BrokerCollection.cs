using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Messaging;

/// <summary>One broker for all that need one: it takes seconds to start.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<RabbitMqServer>
{
    public const string Name = "broker";
}
