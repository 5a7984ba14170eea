using System.Net.Sockets;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Museum.Contracts.Protocol;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.ServiceDefaults.Errors;

/// <summary>
/// One reading of any exception, by its type and status, never by words in its message; problem details, gRPC statuses and the
/// protocol's ERROR are all written from it.
/// </summary>
public sealed record ErrorInfo(ErrorCategory Category, string Code, string Message, bool Retryable, int HttpStatus, TimeSpan? RetryAfter = null)
{
    internal const string Cancelled = "cancelled";
    internal const string CircuitOpen = "circuit_open";

    // What is away is asked for again after half a second, and at least every 5 s.
    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(1);

    /// <summary>As it is written on every wire.</summary>
    public string CategoryName => Category.ToString().ToLowerInvariant();

    /// <summary>When the caller may come back; null: nothing is known, or coming back does not help.</summary>
    public TimeSpan? ComeBackIn => RetryAfter ?? (Retryable && HttpStatus == 503 ? SoonEnough : null);

    public static ErrorInfo Of(Exception exception) => exception switch
    {
        MuseumException e => new(e.Category, e.Code, e.Message, e.Retryable, StatusOf(e), e.RetryAfter),
        BadHttpRequestException { StatusCode: 400 } e => new(ErrorCategory.Client, "malformed_request", e.Message, false, 400),
        BadHttpRequestException e => OfStatus(e.StatusCode, e.Message),
        RpcException e => OfRpc(e),
        BrokenCircuitException e => new(ErrorCategory.Dependency, CircuitOpen, "A service that this needs is away.", true, 503, e.RetryAfter),
        // HttpClient says its own time-out as a cancellation.
        TimeoutRejectedException or TimeoutException or OperationCanceledException { InnerException: TimeoutException } =>
            new(ErrorCategory.Network, "deadline_exceeded", "That took too long.", true, 504),
        OperationCanceledException => new(ErrorCategory.Network, Cancelled, "That was given up before it was done.", true, 503),
        HttpRequestException { StatusCode: { } status } => OfAnswer((int)status),
        // These two are IOExceptions about our own files, not about a connection.
        FileNotFoundException or DirectoryNotFoundException => Defect,
        HttpRequestException or SocketException or IOException => new(ErrorCategory.Network, "connection_failed", "A connection failed.", true, 502),
        OutOfMemoryException => new(ErrorCategory.Resource, "out_of_memory", "No memory is left.", true, 503),
        AggregateException { InnerExceptions: [var only] } => Of(only),
        _ => Defect,
    };

    /// <summary>For a status that the framework chose without an exception (404, 405, 401…).</summary>
    public static ErrorInfo OfStatus(int status, string message = "") => status switch
    {
        401 => new(ErrorCategory.Client, "unauthenticated", message, false, status),
        403 => new(ErrorCategory.Client, "forbidden", message, false, status),
        404 => new(ErrorCategory.Client, "not_found", message, false, status),
        405 => new(ErrorCategory.Client, "method_not_allowed", message, false, status),
        408 => new(ErrorCategory.Network, "request_timeout", message, true, status),
        413 => new(ErrorCategory.Client, "payload_too_large", message, false, status),
        415 => new(ErrorCategory.Client, "unsupported_media_type", message, false, status),
        429 => new(ErrorCategory.Resource, "rate_limited", message, true, status),
        502 or 503 => new(ErrorCategory.Dependency, "unavailable", message, true, status),
        504 => new(ErrorCategory.Network, "deadline_exceeded", message, true, status),
        >= 500 => new(ErrorCategory.Server, "internal_error", message, false, status),
        _ => new(ErrorCategory.Client, "bad_request", message, false, status),
    };

    public StatusCode GrpcStatus => (Category, HttpStatus) switch
    {
        (ErrorCategory.Client, 401) => StatusCode.Unauthenticated,
        (ErrorCategory.Client, 403) => StatusCode.PermissionDenied,
        (ErrorCategory.Client, 404) => StatusCode.NotFound,
        (ErrorCategory.Client, 409) => StatusCode.AlreadyExists,
        (ErrorCategory.Client, _) => StatusCode.InvalidArgument,
        (ErrorCategory.Network, 504) => StatusCode.DeadlineExceeded,
        (ErrorCategory.Network, _) => StatusCode.Unavailable,
        (ErrorCategory.Resource, _) => StatusCode.ResourceExhausted,
        (ErrorCategory.Dependency, _) => StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };

    /// <summary>The protocol's error code (protocol.md) that says the same.</summary>
    public string ProtocolCode => (Category, HttpStatus) switch
    {
        (ErrorCategory.Client, 401 or 403) => ErrorCodes.AuthFailed,
        (ErrorCategory.Client, 413) => ErrorCodes.PayloadTooLarge,
        (ErrorCategory.Client, 415) => ErrorCodes.UnsupportedFormat,
        (ErrorCategory.Client, _) => ErrorCodes.MalformedPayload,
        (ErrorCategory.Resource, 429) => ErrorCodes.RateLimited,
        (ErrorCategory.Resource, _) or (ErrorCategory.Dependency, 503) => ErrorCodes.ServerBusy,
        (ErrorCategory.Network, 408 or 504) => ErrorCodes.RequestTimeout,
        _ => ErrorCodes.InternalError,
    };

    /// <summary>What a protocol's code says that no exception stands behind: the client broke the protocol, or its session is over.</summary>
    public static ErrorCategory CategoryOf(string protocolCode) => protocolCode switch
    {
        ErrorCodes.InternalError => ErrorCategory.Server,
        ErrorCodes.RequestTimeout => ErrorCategory.Network,
        ErrorCodes.ServerBusy or ErrorCodes.RateLimited => ErrorCategory.Resource,
        _ => ErrorCategory.Client,
    };

    private static ErrorInfo Defect => new(ErrorCategory.Server, "internal_error", "Something went wrong here.", false, 500);

    private static int StatusOf(MuseumException e) => e switch
    {
        ClientException c => c.Status,
        NetworkException => 504,
        ResourceException => e.RetryAfter is null ? 503 : 429,
        DependencyException { Refused: true } => 502,
        DependencyException => 503,
        _ => 500,
    };

    /// <summary>Another service answered, and not with success: that it was refused is our defect or configuration, so no retry helps.</summary>
    private static ErrorInfo OfAnswer(int status) => status is >= 500 or 408 or 429
        ? new(ErrorCategory.Dependency, "dependency_failed", "A service that this needs failed.", true, 503)
        : new(ErrorCategory.Dependency, "dependency_refused", "A service that this needs refused the request.", false, 502);

    private static ErrorInfo OfRpc(RpcException e)
    {
        var code = e.Trailers.GetValue(ErrorTrailers.Code) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(e.StatusCode.ToString());
        return e.StatusCode switch
        {
            StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange =>
                new(ErrorCategory.Client, code, e.Status.Detail, false, 400),
            StatusCode.Unauthenticated => new(ErrorCategory.Client, code, "The token is missing, invalid or expired.", false, 401),
            StatusCode.PermissionDenied => new(ErrorCategory.Client, code, "That is not allowed with this token.", false, 403),
            StatusCode.NotFound => new(ErrorCategory.Client, code, e.Status.Detail, false, 404),
            StatusCode.AlreadyExists or StatusCode.Aborted => new(ErrorCategory.Client, code, e.Status.Detail, false, 409),
            StatusCode.Cancelled => new(ErrorCategory.Network, code, "That was given up before it was done.", true, 503),
            StatusCode.DeadlineExceeded => new(ErrorCategory.Network, code, "That took too long.", true, 504),
            StatusCode.ResourceExhausted => new(ErrorCategory.Resource, code, "Too much at once.", true, 503),
            StatusCode.Unavailable => new(ErrorCategory.Dependency, code, "A service that this needs is away.", true, 503),
            _ => Defect,
        };
    }
}

/// <summary>gRPC trailers that carry the taxonomy beside the status.</summary>
public static class ErrorTrailers
{
    public const string Code = "museum-code";
    public const string Category = "museum-category";
}
