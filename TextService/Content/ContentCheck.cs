using Microsoft.Extensions.Diagnostics.HealthChecks;
using Museum.TextService.Index;

namespace Museum.TextService.Content;

/// <summary>Ready as soon as the content is indexed and warm.</summary>
internal sealed class ContentCheck(ContentHolder holder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(holder.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the content is being indexed"));
}
