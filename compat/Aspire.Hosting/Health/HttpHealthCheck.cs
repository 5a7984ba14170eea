using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Asks an endpoint by HTTP/1.1.</summary>
internal sealed class HttpHealthCheck(string key, EndpointReference endpoint, string path, int statusCode) : IHealthCheck, IResourceAnnotation
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly HttpClient Client = new() { Timeout = Timeout };

    public string Key => key;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => CheckAsync(0, cancellationToken);

    public async Task<HealthCheckResult> CheckAsync(int replica, CancellationToken ct)
    {
        var address = new Uri(new Uri(endpoint.EndpointAnnotation.UriOfReplica(replica)), path);
        try
        {
            using var response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)response.StatusCode == statusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"Request to {address} returned {(int)response.StatusCode} instead of the expected {statusCode}.");
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy($"Request to {address} failed: {fault.Message}");
        }
    }
}
