using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compat.Aspire.Tests;

/// <summary>The sample AppHost with two replicas of each service, a Redis and a RabbitMQ, started once for all tests that only look.</summary>
public sealed class SampleApplication : IAsyncLifetime
{
    public DistributedApplication App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleHost>(
            ["--Replicas:inner=2", "--Replicas:outer=2", "--Parameters:some-key=opensesame"], Limits.Deadline);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        App = await builder.BuildAsync(Limits.Deadline);
        await App.StartAsync(Limits.Deadline);
        foreach (var name in (string[])["redis", "messaging", "inner", "outer"])
        {
            await App.ResourceNotifications.WaitForResourceHealthyAsync(name).WaitAsync(Limits.ServerStart);
        }
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}

[CollectionDefinition(nameof(SampleApplication))]
public sealed class SampleApplicationCollection : ICollectionFixture<SampleApplication>;
