using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.ServiceDefaults.Tests.Errors;

public sealed class ErrorInfoTests
{
    public static TheoryData<Exception, ErrorCategory, string, bool, int, StatusCode, string> Readings => new()
    {
        { new ClientException("empty_question", "x"), ErrorCategory.Client, "empty_question", false, 400, StatusCode.InvalidArgument, ErrorCodes.MalformedPayload },
        { new ClientException("token_expired", "x", 401), ErrorCategory.Client, "token_expired", false, 401, StatusCode.Unauthenticated, ErrorCodes.AuthFailed },
        { new ClientException("not_yours", "x", 403), ErrorCategory.Client, "not_yours", false, 403, StatusCode.PermissionDenied, ErrorCodes.AuthFailed },
        { new ClientException("no_exhibit", "x", 404), ErrorCategory.Client, "no_exhibit", false, 404, StatusCode.NotFound, ErrorCodes.MalformedPayload },
        { new ClientException("taken", "x", 409), ErrorCategory.Client, "taken", false, 409, StatusCode.AlreadyExists, ErrorCodes.MalformedPayload },
        { new ClientException("too_long", "x", 413), ErrorCategory.Client, "too_long", false, 413, StatusCode.InvalidArgument, ErrorCodes.PayloadTooLarge },
        { new ClientException("flac", "x", 415), ErrorCategory.Client, "flac", false, 415, StatusCode.InvalidArgument, ErrorCodes.UnsupportedFormat },
        { new ServerException("bug", "x"), ErrorCategory.Server, "bug", false, 500, StatusCode.Internal, ErrorCodes.InternalError },
        { new NetworkException("cut", "x"), ErrorCategory.Network, "cut", true, 504, StatusCode.DeadlineExceeded, ErrorCodes.RequestTimeout },
        { new ResourceException("pool_full", "x"), ErrorCategory.Resource, "pool_full", true, 503, StatusCode.ResourceExhausted, ErrorCodes.ServerBusy },
        { new ResourceException("slow_down", "x") { RetryAfter = TimeSpan.FromSeconds(1) }, ErrorCategory.Resource, "slow_down", true, 429, StatusCode.ResourceExhausted, ErrorCodes.RateLimited },
        { new DependencyException("redis_unavailable", "x"), ErrorCategory.Dependency, "redis_unavailable", true, 503, StatusCode.Unavailable, ErrorCodes.ServerBusy },
        { new BadHttpRequestException("x"), ErrorCategory.Client, "malformed_request", false, 400, StatusCode.InvalidArgument, ErrorCodes.MalformedPayload },
        { new BadHttpRequestException("x", 413), ErrorCategory.Client, "payload_too_large", false, 413, StatusCode.InvalidArgument, ErrorCodes.PayloadTooLarge },
        { new BadHttpRequestException("x", 408), ErrorCategory.Network, "request_timeout", true, 408, StatusCode.Unavailable, ErrorCodes.RequestTimeout },
        { new BrokenCircuitException(), ErrorCategory.Dependency, "circuit_open", true, 503, StatusCode.Unavailable, ErrorCodes.ServerBusy },
        { new TimeoutRejectedException(), ErrorCategory.Network, "deadline_exceeded", true, 504, StatusCode.DeadlineExceeded, ErrorCodes.RequestTimeout },
        { new TimeoutException(), ErrorCategory.Network, "deadline_exceeded", true, 504, StatusCode.DeadlineExceeded, ErrorCodes.RequestTimeout },
        { new TaskCanceledException("HttpClient.Timeout", new TimeoutException()), ErrorCategory.Network, "deadline_exceeded", true, 504, StatusCode.DeadlineExceeded, ErrorCodes.RequestTimeout },
        { new OperationCanceledException(), ErrorCategory.Network, "cancelled", true, 503, StatusCode.Unavailable, ErrorCodes.InternalError },
        { new HttpRequestException("x", new SocketException()), ErrorCategory.Network, "connection_failed", true, 502, StatusCode.Unavailable, ErrorCodes.InternalError },
        { new HttpRequestException("x", null, HttpStatusCode.ServiceUnavailable), ErrorCategory.Dependency, "dependency_failed", true, 503, StatusCode.Unavailable, ErrorCodes.ServerBusy },
        { new HttpRequestException("x", null, HttpStatusCode.TooManyRequests), ErrorCategory.Dependency, "dependency_failed", true, 503, StatusCode.Unavailable, ErrorCodes.ServerBusy },
        { new HttpRequestException("x", null, HttpStatusCode.Unauthorized), ErrorCategory.Dependency, "dependency_refused", false, 502, StatusCode.Unavailable, ErrorCodes.InternalError },
        { new SocketException(), ErrorCategory.Network, "connection_failed", true, 502, StatusCode.Unavailable, ErrorCodes.InternalError },
        { new IOException(), ErrorCategory.Network, "connection_failed", true, 502, StatusCode.Unavailable, ErrorCodes.InternalError },
        { new FileNotFoundException(), ErrorCategory.Server, "internal_error", false, 500, StatusCode.Internal, ErrorCodes.InternalError },
        { new InsufficientMemoryException(), ErrorCategory.Resource, "out_of_memory", true, 503, StatusCode.ResourceExhausted, ErrorCodes.ServerBusy },
        { new InvalidOperationException(), ErrorCategory.Server, "internal_error", false, 500, StatusCode.Internal, ErrorCodes.InternalError },
        { new AggregateException(new DependencyException("redis_unavailable", "x")), ErrorCategory.Dependency, "redis_unavailable", true, 503, StatusCode.Unavailable, ErrorCodes.ServerBusy },
    };

    public static TheoryData<StatusCode, ErrorCategory, string, bool, int> Statuses => new()
    {
        { StatusCode.InvalidArgument, ErrorCategory.Client, "invalid_argument", false, 400 },
        { StatusCode.FailedPrecondition, ErrorCategory.Client, "failed_precondition", false, 400 },
        { StatusCode.OutOfRange, ErrorCategory.Client, "out_of_range", false, 400 },
        { StatusCode.Unauthenticated, ErrorCategory.Client, "unauthenticated", false, 401 },
        { StatusCode.PermissionDenied, ErrorCategory.Client, "permission_denied", false, 403 },
        { StatusCode.NotFound, ErrorCategory.Client, "not_found", false, 404 },
        { StatusCode.AlreadyExists, ErrorCategory.Client, "already_exists", false, 409 },
        { StatusCode.DeadlineExceeded, ErrorCategory.Network, "deadline_exceeded", true, 504 },
        { StatusCode.Cancelled, ErrorCategory.Network, "cancelled", true, 503 },
        { StatusCode.ResourceExhausted, ErrorCategory.Resource, "resource_exhausted", true, 503 },
        { StatusCode.Unavailable, ErrorCategory.Dependency, "unavailable", true, 503 },
        { StatusCode.Internal, ErrorCategory.Server, "internal_error", false, 500 },
        { StatusCode.Unknown, ErrorCategory.Server, "internal_error", false, 500 },
        { StatusCode.Unimplemented, ErrorCategory.Server, "internal_error", false, 500 },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public void An_exception_is_read_by_its_type(Exception exception, ErrorCategory category, string code, bool retryable, int http, StatusCode grpc, string protocol)
    {
        var error = ErrorInfo.Of(exception);
        Assert.Equal((category, code, retryable, http, grpc, protocol), (error.Category, error.Code, error.Retryable, error.HttpStatus, error.GrpcStatus, error.ProtocolCode));
    }

    [Theory]
    [InlineData(ErrorCodes.InternalError, ErrorCategory.Server)]
    [InlineData(ErrorCodes.RequestTimeout, ErrorCategory.Network)]
    [InlineData(ErrorCodes.ServerBusy, ErrorCategory.Resource)]
    [InlineData(ErrorCodes.RateLimited, ErrorCategory.Resource)]
    [InlineData(ErrorCodes.MalformedPayload, ErrorCategory.Client)]
    [InlineData(ErrorCodes.SessionInvalid, ErrorCategory.Client)]
    public void A_protocols_code_without_an_exception_has_its_category_too(string code, ErrorCategory category) =>
        Assert.Equal(category, ErrorInfo.CategoryOf(code));

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_grpc_status_is_read_without_its_detail(StatusCode status, ErrorCategory category, string code, bool retryable, int http)
    {
        var error = ErrorInfo.Of(new RpcException(new Status(status, "timeout unauthorized not found unavailable")));
        Assert.Equal((category, code, retryable, http), (error.Category, error.Code, error.Retryable, error.HttpStatus));
    }

    [Fact]
    public void The_code_that_a_service_sent_in_its_trailers_is_kept()
    {
        var exception = new RpcException(new Status(StatusCode.Unavailable, "x"), new Metadata { { ErrorTrailers.Code, "broker_unavailable" } });
        Assert.Equal("broker_unavailable", ErrorInfo.Of(exception).Code);
    }

    [Theory]
    [InlineData("connection timed out")]
    [InlineData("404 not found")]
    [InlineData("out of memory")]
    public void Words_in_a_message_change_nothing(string words) =>
        Assert.Equal(ErrorInfo.Of(new InvalidOperationException()), ErrorInfo.Of(new InvalidOperationException(words)));

    [Fact]
    public void What_only_we_should_know_is_not_in_the_message() =>
        Assert.DoesNotContain("secret", ErrorInfo.Of(new InvalidOperationException("secret")).Message, StringComparison.Ordinal);
}
