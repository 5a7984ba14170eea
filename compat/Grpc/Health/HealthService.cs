using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The health protocol over the application's own health checks.</summary>
internal sealed class HealthService(
    HealthCheckService checks,
    PublishedHealth published,
    IOptions<GrpcHealthChecksOptions> options,
    IHostApplicationLifetime lifetime) : Grpc.Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = await StatusAsync(request.Service, context.CancellationToken).ConfigureAwait(false);
        return status != ServingStatus.ServiceUnknown
            ? new HealthCheckResponse { Status = status }
            : throw new RpcException(new Status(StatusCode.NotFound, ""));
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var stopping = options.Value.SuppressCompletionOnShutdown ? CancellationToken.None : lifetime.ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        ServingStatus? sent = null;
        try
        {
            while (true)
            {
                var changed = published.Changed;
                var status = sent is null
                    ? await StatusAsync(request.Service, end.Token).ConfigureAwait(false)
                    : published.StatusOf(request.Service) ?? sent.Value;
                if (status != sent)
                {
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken).ConfigureAwait(false);
                    sent = status;
                }

                await changed.WaitAsync(end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing }, context.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ServingStatus> StatusAsync(string service, CancellationToken ct)
    {
        if (options.Value.Services.Find(service) is not { } mapping)
        {
            return ServingStatus.ServiceUnknown;
        }

        if (options.Value.UseHealthChecksCache)
        {
            return published.StatusOf(service) ?? ServingStatus.Unknown;
        }

        var report = await checks.CheckHealthAsync(mapping.Includes, ct).ConfigureAwait(false);
        return PublishedHealth.Summarize(report.Entries.Values.Select(entry => entry.Status));
    }
}
