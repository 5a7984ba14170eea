using System.Diagnostics;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>One call on this server: what the service sees as its context, and how the call ends.</summary>
internal sealed partial class ServerCall : ServerCallContext, IServerCallContextFeature
{
    private readonly ServiceSettings _settings;
    private readonly Activity? _activity;
    private ServerDeadline? _deadline;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private string? _peer;

    public ServerCall(HttpContext http, ServiceSettings settings)
    {
        Http = http;
        _settings = settings;
        Reader = new FrameReader(http.Request.BodyReader, settings.MaxReceiveSize, settings.Encodings)
        {
            Encoding = http.Request.Headers.GrpcEncoding,
        };
        Output = new ServerOutput(http, settings);
        _activity = http.Features.Get<IHttpActivityFeature>()?.Activity;
        _activity?.SetTag("grpc.method", http.Request.Path.Value);
    }

    public HttpContext Http { get; }

    public FrameReader Reader { get; }

    public ServerOutput Output { get; }

    ServerCallContext IServerCallContextFeature.ServerCallContext => this;

    protected override string MethodCore => Http.Request.Path.Value!;

    protected override string HostCore => Http.Request.Host.Value!;

    protected override string PeerCore => _peer ??= ServerPeer.Describe(Http.Connection);

    protected override DateTime DeadlineCore => _deadline?.Deadline ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= RequestMetadata.From(Http.Request.Headers);

    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? Http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => ServerPeer.Authentication(Http.Connection);

    // One dictionary for the call and its HTTP request: middleware and interceptors see the same values.
    protected override IDictionary<object, object> UserStateCore => Http.Items!;

    /// <summary>Starts the clock if the caller set a deadline.</summary>
    public void Start()
    {
        if (GrpcTimeout.TryParse(Http.Request.Headers.GrpcTimeout, out var timeout))
        {
            _deadline = new ServerDeadline(this, timeout);
            _deadline.Start();
        }
    }

    public ValueTask EndAsync() => EndAsync(StatusCore);

    public ValueTask FailAsync(Exception error, string method)
    {
        if (error is RpcException chosen)
        {
            foreach (var entry in chosen.Trailers)
            {
                ResponseTrailers.Add(entry);
            }

            StatusCore = chosen.Status;
            StatusSent(_settings.Log, method, chosen.StatusCode, chosen.Status.Detail, chosen.Status.DebugException);
        }
        else
        {
            StatusCore = new Status(
                StatusCode.Unknown,
                _settings.DetailedErrors ? $"Exception was thrown by handler. {error.GetType().Name}: {error.Message}" : "Exception was thrown by handler.",
                error);
            if (error is OperationCanceledException or IOException && CancellationToken.IsCancellationRequested)
            {
                Cancelled(_settings.Log, method, error);
            }
            else
            {
                Failed(_settings.Log, method, error);
            }
        }

        return EndAsync(StatusCore);
    }

    /// <summary>At the deadline: answers at once, without waiting for the service to notice.</summary>
    public async Task EndAtDeadlineAsync()
    {
        var status = new Status(StatusCode.DeadlineExceeded, string.Empty);
        if (!await Output.TryEndAsync(status, _responseTrailers).ConfigureAwait(false))
        {
            return;
        }

        StatusCore = status;
        _activity?.SetTag("grpc.status_code", ResponseEnd.CodeText(status.StatusCode));
        await Http.Response.CompleteAsync().ConfigureAwait(false);

        // NO_ERROR after a whole response: the caller may stop sending.
        Http.Features.Get<IHttpResetFeature>()?.Reset(0);
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        return Output.WriteHeadersAsync(responseHeaders, CancellationTokenCore);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw CompatLimits.NotInSubset("ServerCallContext.CreatePropagationToken");

    private async ValueTask EndAsync(Status status)
    {
        if (_deadline is not null)
        {
            await _deadline.StopAsync().ConfigureAwait(false);
        }

        if (await Output.TryEndAsync(status, _responseTrailers).ConfigureAwait(false))
        {
            _activity?.SetTag("grpc.status_code", ResponseEnd.CodeText(status.StatusCode));
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Method} ended with {StatusCode}: {Detail}")]
    private static partial void StatusSent(ILogger log, string method, StatusCode statusCode, string detail, Exception? error);

    [LoggerMessage(2, LogLevel.Error, "{Method} failed.")]
    private static partial void Failed(ILogger log, string method, Exception error);

    [LoggerMessage(3, LogLevel.Information, "{Method} was cancelled.")]
    private static partial void Cancelled(ILogger log, string method, Exception error);
}
