using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Museum.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace Museum.Gateway.Routing;

/// <summary>Says what went wrong between here and a service: as problem details, or to a gRPC client as its status.</summary>
internal sealed class ProxyFailure(IProblemDetailsService problems, ErrorMetrics metrics)
{
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure || context.Response.HasStarted)
        {
            return;
        }

        var timedOut = context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested is true;
        if (!timedOut && context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var service = context.GetReverseProxyFeature().Cluster.Config.Destinations!.Keys.First();
        var error = Read(timedOut ? ForwarderError.RequestTimedOut : failure.Error, service);
        metrics.Count(error);
        await WriteAsync(context, error);
    }

    private static ErrorInfo Read(ForwarderError error, string service) => error switch
    {
        ForwarderError.NoAvailableDestinations =>
            new(ErrorCategory.Dependency, "service_unavailable", $"{service} is away.", true, StatusCodes.Status503ServiceUnavailable),
        ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout or ForwarderError.ResponseBodyCanceled =>
            new(ErrorCategory.Network, "deadline_exceeded", $"{service} took too long.", true, StatusCodes.Status504GatewayTimeout),
        ForwarderError.RequestBodyClient =>
            new(ErrorCategory.Client, "malformed_request", "The request's body broke off.", false, StatusCodes.Status400BadRequest),
        _ => new(ErrorCategory.Dependency, "service_failed", $"{service} does not answer.", true, StatusCodes.Status502BadGateway),
    };

    private async Task WriteAsync(HttpContext context, ErrorInfo error)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true)
        {
            context.Response.Clear();
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = ((int)error.GrpcStatus).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["grpc-message"] = error.Message;
            context.Response.Headers[ErrorTrailers.Code] = error.Code;
            return;
        }

        context.Response.StatusCode = error.HttpStatus;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails
            {
                Status = error.HttpStatus,
                Detail = error.Message,
                Extensions =
                {
                    ["category"] = error.Category.ToString().ToLowerInvariant(),
                    ["code"] = error.Code,
                    ["retryable"] = error.Retryable,
                },
            },
        });
    }
}
