using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>Two replicas that agree in one store; the tests that do not break them run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ReplicaCollection : ICollectionFixture<TwoReplicas>
{
    public const string Name = "replicas";
}

public sealed class TwoReplicas : IAsyncLifetime
{
    private CallHost? host;

    internal RedisServer Store { get; } = new();

    internal CallHost Host => host!;

    internal CallReplica First => Host.First;

    internal CallReplica Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Store.StartAsync();
        host = new CallHost(Store);
        await host.InitializeAsync();
        Second = await host.StartReplicaAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Store.DisposeAsync();
    }
}
