using System.Net;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>
/// Runs the model: gives out ports, starts every resource at once (each waits for what it was told to wait for), and stops
/// services before the servers that they use.
/// </summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext executionContext,
    HealthMonitor health,
    IConfiguration configuration,
    IServiceProvider provider,
    TimeProvider time,
    string storeFolder) : IHostedService, IAsyncDisposable
{
    /// <summary>A service may finish what it is answering, for 15 seconds; one with nothing under way is gone at once.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ContainerGrace = TimeSpan.FromSeconds(4);

    private const string SuffixAlphabet = "abcdefghjkmnpqrstuvwxyz";
    private const int SuffixLength = 8;

    private readonly List<ResourceInstance> _instances = [];
    private readonly List<LoadBalancer> _balancers = [];
    private readonly List<string> _temporaryFolders = [];
    private Watchdog? _watchdog;

    public ResourceInstance? Find(string id) => _instances.FirstOrDefault(i => string.Equals(i.Id, id, StringComparison.OrdinalIgnoreCase));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await eventing.PublishAsync(new BeforeStartEvent(provider, model), cancellationToken);
        await PublishParametersAsync(cancellationToken);
        await AllocateEndpointsAsync(cancellationToken);
        CreateInstances();
        // All are known before the first starts, or one could wait for what nobody has heard of.
        await Task.WhenAll(_instances.Select(i => i.AnnounceAsync()));
        await Task.WhenAll(_instances.Select(i => i.StartAsync(cancellationToken)));

        await eventing.PublishAsync(new AfterResourcesCreatedEvent(provider, model), cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Not the host's token: whatever the host's patience, processes must not stay behind.
        await Task.WhenAll(_balancers.Select(b => b.DisposeAsync().AsTask()));
        _balancers.Clear();
        await Task.WhenAll(_instances.Where(i => !i.IsContainer).Select(i => i.StopAsync(StopGrace, CancellationToken.None)));
        await Task.WhenAll(_instances.Where(i => i.IsContainer).Select(i => i.StopAsync(ContainerGrace, CancellationToken.None)));
        foreach (var folder in _temporaryFolders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _watchdog?.Dispose();
        _watchdog = null;
        _instances.ForEach(i => i.Dispose());
        _instances.Clear();
    }

    private async Task PublishParametersAsync(CancellationToken ct)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            string state;
            try
            {
                await parameter.GetValueAsync(ct);
                state = KnownResourceStates.Running;
            }
            catch (MissingParameterValueException missing)
            {
                state = KnownResourceStates.ValueMissing;
                loggers.Write(parameter.Name, missing.Message, isError: true);
            }

            await notifications.PublishUpdateAsync(parameter, s => s with { State = state });
        }
    }

    private async Task AllocateEndpointsAsync(CancellationToken ct)
    {
        var allocation = new EndpointAllocation(configuration);
        foreach (var resource in model.Resources.Where(r => r.HasAnnotationOfType<EndpointAnnotation>()))
        {
            allocation.Allocate(resource);
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.HasProxy))
            {
                _balancers.Add(new LoadBalancer(Listening(endpoint.TargetHost), endpoint.AllocatedEndpoint!.Port, endpoint.ReplicaPorts));
            }
        }

        foreach (var resource in model.Resources.Where(r => r.HasAnnotationOfType<EndpointAnnotation>()))
        {
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, provider), ct);
        }
    }

    private void CreateInstances()
    {
        _watchdog = new Watchdog();
        var services = new InstanceServices(notifications, loggers, eventing, executionContext, health, _watchdog, provider, time);
        foreach (var resource in model.Resources.Where(r => r.HasAnnotationOfType<LaunchAnnotation>()))
        {
            for (var replica = 0; replica < resource.GetReplicaCount(); replica++)
            {
                _instances.Add(new ResourceInstance(resource, replica, RandomNumberGenerator.GetString(SuffixAlphabet, SuffixLength), FolderOf(resource), services));
            }
        }
    }

    private string FolderOf(IResource resource)
    {
        if (resource.TryGetLastAnnotation<DataVolumeAnnotation>(out var volume))
        {
            return Path.Combine(storeFolder, "volumes", volume.Name);
        }

        var folder = Path.Combine(storeFolder, "run", $"{resource.Name}-{Environment.ProcessId}-{RandomNumberGenerator.GetString(SuffixAlphabet, SuffixLength)}");
        _temporaryFolders.Add(folder);
        return folder;
    }

    private static IPAddress Listening(string targetHost) =>
        targetHost is "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(targetHost.Trim('[', ']'), out var address) ? address
        : IPAddress.Any;
}
