using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Museum.AppHost.Running;

/// <summary>
/// Says once that the suite is ready: when every replica of every resource has been healthy. After 60 seconds it says what is
/// missing, in which state, with the last health report; and that it is ready when it becomes so after all.
/// </summary>
/// <param name="replicas">How many healthy instances each resource needs.</param>
internal sealed class Readiness(string name, Func<string> address, IReadOnlyDictionary<string, int> replicas, TextWriter output, ResourceNotificationService notifications, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, HashSet<string>> _healthy = replicas.Keys.ToDictionary(r => r, _ => new HashSet<string>());
    private readonly Dictionary<string, ResourceEvent> _unhealthy = [];
    private readonly Lock _lock = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ready = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var complaining = ComplainAsync(ready.Token);
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (CompletedBy(change))
                {
                    output.WriteLine($"{name} is ready at {address()}");
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await ready.CancelAsync();
        await complaining;
    }

    private bool CompletedBy(ResourceEvent change)
    {
        lock (_lock)
        {
            if (!_healthy.TryGetValue(change.Resource.Name, out var healthy))
            {
                return false;
            }

            if (change.Snapshot.HealthStatus == HealthStatus.Healthy)
            {
                healthy.Add(change.ResourceId);
                return !Missing().Any();
            }

            _unhealthy[change.Resource.Name] = change;
            return false;
        }
    }

    private async Task ComplainAsync(CancellationToken ct)
    {
        try
        {
            await Task.Delay(Patience, time, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }

        lock (_lock)
        {
            output.WriteLine($"{name} is not ready after {Patience.TotalSeconds} s. Missing:");
            foreach (var resource in Missing())
            {
                output.WriteLine($"  {resource} ({Describe(_unhealthy.GetValueOrDefault(resource)?.Snapshot)})");
            }
        }
    }

    private IEnumerable<string> Missing() => replicas.Where(r => _healthy[r.Key].Count < r.Value).Select(r => r.Key);

    private static string Describe(CustomResourceSnapshot? last)
    {
        var exit = last?.ExitCode is { } code ? $", exit code {code}" : "";
        var report = last?.HealthReports.LastOrDefault(r => r.Status != HealthStatus.Healthy)?.Description is { } said ? $": {said}" : "";
        return $"{last?.State?.Text ?? "unknown"}{exit}{report}";
    }
}

internal static class ReadinessVerbs
{
    /// <summary>Announces the readiness of what the application consists of by now.</summary>
    /// <param name="address">Where the suite is found; asked for when it is ready.</param>
    public static void AnnounceReadiness(this IDistributedApplicationBuilder builder, string name, Func<string> address, TextWriter output)
    {
        var replicas = builder.Resources.Where(r => r is not ParameterResource).ToDictionary(r => r.Name, r => r.GetReplicaCount());
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService(services => new Readiness(
            name, address, replicas, output, services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<TimeProvider>()));
    }
}
