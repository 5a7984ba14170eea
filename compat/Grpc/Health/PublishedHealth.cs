using System.Collections.Concurrent;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The last report that ASP.NET published, per service name, and a signal for those who wait for the next.</summary>
internal sealed class PublishedHealth(IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    private readonly ConcurrentDictionary<string, ServingStatus> _statuses = new();
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next report. Take it before reading a status, or a change may be missed.</summary>
    public Task Changed => _changed.Task;

    public ServingStatus? StatusOf(string service) => _statuses.TryGetValue(service, out var status) ? status : null;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var mapping in options.Value.Services)
        {
            var entries = report.Entries.Where(entry => mapping.Includes(entry.Key, entry.Value.Tags)).Select(entry => entry.Value.Status);
            _statuses[mapping.Name] = Summarize(entries);
        }

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Degraded still serves: only an unhealthy check takes a service out.</summary>
    public static ServingStatus Summarize(IEnumerable<HealthStatus> statuses) =>
        statuses.Any(status => status == HealthStatus.Unhealthy) ? ServingStatus.NotServing : ServingStatus.Serving;
}
