using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Runs the health checks of an instance for as long as it runs: often until it is healthy, then now and then.</summary>
internal sealed class HealthMonitor(ResourceNotificationService notifications, HealthCheckService checks, IDistributedApplicationEventing eventing, IServiceProvider services, TimeProvider time)
{
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);

    public static ImmutableArray<HealthReportSnapshot> Pending(IResource resource) =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => new HealthReportSnapshot(a.Key, Status: null, Description: null, ExceptionText: null))];

    public async Task WatchAsync(IResource resource, string id, int replica, CancellationToken ct)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key).ToArray();
        var isReady = false;
        try
        {
            do
            {
                var reports = await Task.WhenAll(keys.Select(key => CheckAsync(resource, key, replica, ct)));
                var isHealthy = reports.All(r => r.Status == HealthStatus.Healthy);
                await notifications.PublishUpdateAsync(resource, id, s => s with { HealthReports = [.. reports] });
                if (isHealthy && !isReady)
                {
                    isReady = true;
                    var ready = eventing.PublishAsync(new ResourceReadyEvent(resource, services), ct);
                    await notifications.PublishUpdateAsync(resource, id, s => s with { Ready = ready });
                }

                await Task.Delay(isHealthy ? WhileHealthy : WhileUnhealthy, time, ct);
            }
            while (keys.Length > 0);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private async Task<HealthReportSnapshot> CheckAsync(IResource resource, string key, int replica, CancellationToken ct)
    {
        if (resource.Annotations.OfType<HttpHealthCheck>().FirstOrDefault(c => c.Key == key) is { } http)
        {
            var result = await http.CheckAsync(replica, ct);
            return Snapshot(key, result.Status, result.Description, result.Exception);
        }

        var report = await checks.CheckHealthAsync(r => r.Name == key, ct);
        return report.Entries.TryGetValue(key, out var entry)
            ? Snapshot(key, entry.Status, entry.Description, entry.Exception)
            : Snapshot(key, HealthStatus.Unhealthy, $"No health check is registered with the key '{key}'.", null);
    }

    private HealthReportSnapshot Snapshot(string key, HealthStatus status, string? description, Exception? fault) =>
        new(key, status, description, fault?.ToString()) { LastRunAt = time.GetUtcNow().UtcDateTime };
}
