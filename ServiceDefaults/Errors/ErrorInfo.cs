using System.Net.Sockets;
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
    public static ErrorInfo Of(Exception exception) => exception switch
    {
        MuseumException e => new(e.Category, e.Code, e.Message, e.Retryable, StatusOf(e), e.RetryAfter),
        BadHttpRequestException e => new(ErrorCategory.Client, "malformed_request", e.Message, false, e.StatusCode),
        RpcException e => OfRpc(e),
        BrokenCircuitException => new(ErrorCategory.Dependency, "circuit_open", "A service that this needs is away.", true, 503),
        TimeoutRejectedException or TimeoutException => new(ErrorCategory.Network, "deadline_exceeded", "That took too long.", true, 504),
        HttpRequestException or SocketException or IOException => new(ErrorCategory.Network, "connection_failed", "A connection failed.", true, 502),
        OutOfMemoryException => new(ErrorCategory.Resource, "out_of_memory", "No memory is left.", true, 503),
        _ => new(ErrorCategory.Server, "internal_error", "Something went wrong here.", false, 500),
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
        (ErrorCategory.Resource, _) => ErrorCodes.ServerBusy,
        (ErrorCategory.Network, 504) => ErrorCodes.RequestTimeout,
        _ => ErrorCodes.InternalError,
    };

    private static int StatusOf(MuseumException e) => e switch
    {
        ClientException c => c.Status,
        NetworkException => 504,
        ResourceException => e.RetryAfter is null ? 503 : 429,
        DependencyException => 503,
        _ => 500,
    };

    private static ErrorInfo OfRpc(RpcException e)
    {
        var code = e.Trailers.GetValue(ErrorTrailers.Code) ?? e.StatusCode.ToString().ToLowerInvariant();
        return e.StatusCode switch
        {
            StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange =>
                new(ErrorCategory.Client, code, e.Status.Detail, false, 400),
            StatusCode.Unauthenticated => new(ErrorCategory.Client, code, "The token is missing, invalid or expired.", false, 401),
            StatusCode.PermissionDenied => new(ErrorCategory.Client, code, "That is not allowed with this token.", false, 403),
            StatusCode.NotFound => new(ErrorCategory.Client, code, e.Status.Detail, false, 404),
            StatusCode.DeadlineExceeded => new(ErrorCategory.Network, code, "That took too long.", true, 504),
            StatusCode.ResourceExhausted => new(ErrorCategory.Resource, code, "Too much at once.", true, 503),
            StatusCode.Unavailable => new(ErrorCategory.Dependency, code, "A service that this needs is away.", true, 503),
            _ => new(ErrorCategory.Server, "internal_error", "Something went wrong here.", false, 500),
        };
    }
}

/// <summary>gRPC trailers that carry the taxonomy beside the status.</summary>
public static class ErrorTrailers
{
    public const string Code = "museum-code";
    public const string Category = "museum-category";
}
