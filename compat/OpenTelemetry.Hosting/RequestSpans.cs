using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// Completes the server spans of ASP.NET Core by https://opentelemetry.io/docs/specs/semconv/http/http-spans/:
/// the name ("GET /api/items/{id}"), http.route, the status code and errors.
/// </summary>
internal sealed class RequestSpans : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Start = Request + ".Start";
    private const string Stop = Request + ".Stop";
    private const string UnhandledByServer = "Microsoft.AspNetCore.Hosting.UnhandledException";
    private const string UnhandledByMiddleware = "Microsoft.AspNetCore.Diagnostics.UnhandledException";

    private readonly AspNetCoreTraceInstrumentationOptions _options;
    private readonly IDisposable _subscription;

    public RequestSpans(DiagnosticListener listener, AspNetCoreTraceInstrumentationOptions options)
    {
        _options = options;
        _subscription = listener.Subscribe(this, name => name is Request or Start or Stop or UnhandledByServer or UnhandledByMiddleware);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value)
        {
            case { Key: Start, Value: HttpContext http } when SpanOf(http) is { } span:
                OnStart(span, http);
                break;
            case { Key: Stop, Value: HttpContext http } when SpanOf(http) is { IsAllDataRequested: true } span:
                OnStop(span, http);
                break;
            case { Key: UnhandledByServer or UnhandledByMiddleware, Value: { } payload } when Activity.Current is { IsAllDataRequested: true } span:
                OnException(span, payload);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription.Dispose();

    private static Activity? SpanOf(HttpContext http) => http.Features.Get<IHttpActivityFeature>()?.Activity ?? Activity.Current;

    private void OnStart(Activity span, HttpContext http)
    {
        if (_options.Filter is { } filter && !filter(http))
        {
            // Neither this span nor what it causes is exported.
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        else if (span.IsAllDataRequested)
        {
            _options.EnrichWithHttpRequest?.Invoke(span, http.Request);
        }
    }

    private void OnStop(Activity span, HttpContext http)
    {
        var method = KnownMethod(http.Request.Method);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        if (string.IsNullOrEmpty(route))
        {
            span.DisplayName = method;
        }
        else
        {
            route = route.StartsWith('/') ? route : $"/{route}";
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }

        var status = http.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error, span.StatusDescription);
            if (span.GetTagItem("error.type") is null)
            {
                span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (span.GetTagItem("grpc.status_code") is string grpcStatus)
        {
            DescribeCall(span, http, grpcStatus);
        }

        _options.EnrichWithHttpResponse?.Invoke(span, http.Response);
    }

    /// <summary>A gRPC call: https://opentelemetry.io/docs/specs/semconv/rpc/grpc/.</summary>
    private static void DescribeCall(Activity span, HttpContext http, string grpcStatus)
    {
        var path = http.Request.Path.Value!.TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var code = int.Parse(grpcStatus, CultureInfo.InvariantCulture);
        span.DisplayName = path;
        span.SetTag("rpc.system", "grpc");
        span.SetTag("rpc.service", slash < 0 ? path : path[..slash]);
        span.SetTag("rpc.method", slash < 0 ? string.Empty : path[(slash + 1)..]);
        span.SetTag("rpc.grpc.status_code", code);
        span.SetTag("grpc.method", null);
        span.SetTag("grpc.status_code", null);

        // On the server only these are the server's fault: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.
        if (code is 2 or 4 or 12 or 13 or 14 or 15)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private void OnException(Activity span, object payload)
    {
        // An anonymous object { httpContext, timestamp, exception }.
        if (payload.GetType().GetProperty("exception")?.GetValue(payload) is not Exception error)
        {
            return;
        }

        span.SetTag("error.type", error.GetType().FullName);
        span.SetStatus(ActivityStatusCode.Error);
        if (_options.RecordException)
        {
            span.AddException(error);
        }

        _options.EnrichWithException?.Invoke(span, error);
    }

    private static string KnownMethod(string method) => method switch
    {
        "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" or "CONNECT" or "TRACE" => method,
        _ => "HTTP",
    };
}
