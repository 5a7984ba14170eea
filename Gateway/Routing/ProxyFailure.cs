using Microsoft.AspNetCore.Http.Timeouts;
using Museum.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace Museum.Gateway.Routing;

/// <summary>Says what went wrong between here and a service: as problem details, or to a gRPC client as its status.</summary>
internal sealed class ProxyFailure(ErrorResponse response)
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
        await response.WriteAsync(context, Read(timedOut ? ForwarderError.RequestTimedOut : failure.Error, service));
    }

    private static ErrorInfo Read(ForwarderError error, string service) => error switch
    {
        // Nobody to ask, nobody who could be reached, or one who is frozen (StallGuard); somebody may be back soon.
        ForwarderError.NoAvailableDestinations or ForwarderError.Request or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled =>
            new(ErrorCategory.Dependency, "service_unavailable", $"{service} is away.", true, StatusCodes.Status503ServiceUnavailable),
        ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout or ForwarderError.ResponseBodyCanceled =>
            new(ErrorCategory.Network, "deadline_exceeded", $"{service} took too long.", true, StatusCodes.Status504GatewayTimeout),
        ForwarderError.RequestBodyClient =>
            new(ErrorCategory.Client, "malformed_request", "The request's body broke off.", false, StatusCodes.Status400BadRequest),
        _ => new(ErrorCategory.Dependency, "service_failed", $"{service} does not answer.", true, StatusCodes.Status502BadGateway),
    };
}
