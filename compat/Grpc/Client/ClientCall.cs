using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>
/// One call, whatever its messages are: it is opened (headers both ways), and it finishes exactly once, with
/// whatever comes first: the server's status, the deadline, cancellation, disposal or a broken connection.
/// </summary>
internal abstract class ClientCall : IDisposable
{
    private static readonly StreamPipeReaderOptions s_readerOptions = new(bufferSize: 16 * 1024);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _aborted = new();
    private CancellationTokenRegistration _callerCancellation;
    private CancellationTokenRegistration _channelDisposal;
    private readonly CallDeadline? _deadline;
    private HttpResponseMessage? _response;
    private TaskCompletionSource<Metadata>? _headers;
    private volatile CallEnd? _end;

    protected ClientCall(GrpcChannel channel, IMethod method, string? host, CallOptions options)
    {
        if (options.IsWaitForReady)
        {
            throw CompatLimits.NotInSubset("CallOptions.WithWaitForReady");
        }

        if (options.PropagationToken is not null)
        {
            throw CompatLimits.NotInSubset("CallOptions.PropagationToken");
        }

        (Channel, Method, Host, Options) = (channel, method, host, options);
        AbortToken = _aborted.Token;
        _deadline = CallDeadline.Of(options.Deadline, this);
    }

    protected GrpcChannel Channel { get; }

    protected IMethod Method { get; }

    protected string? Host { get; }

    protected CallOptions Options { get; }

    protected CancellationToken AbortToken { get; }

    protected bool IsFinished => _end is not null;

    internal TimeSpan? TimeLeft => _deadline?.TimeLeft;

    public void Dispose() => Finish(new Status(StatusCode.Cancelled, "gRPC call disposed."));

    public Status GetStatus() => _end?.Status
        ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata GetTrailers() => _end?.Trailers
        ?? throw new InvalidOperationException(IsFinished
            ? "Can't get the call trailers because the call has not completed successfully."
            : "Can't get the call trailers because the call is not complete.");

    public Task<Metadata> GetHeadersAsync()
    {
        lock (_lock)
        {
            if (_headers is null)
            {
                _headers = new TaskCompletionSource<Metadata>(TaskCreationOptions.RunContinuationsAsynchronously);
                SettleHeaders();
            }

            return _headers.Task;
        }
    }

    /// <summary>The caller wants no more of it.</summary>
    internal void Cancel() => Finish(new Status(StatusCode.Cancelled, "Call canceled by the client."));

    internal void OnDeadline() => Finish(new Status(StatusCode.DeadlineExceeded, string.Empty));

    /// <summary>Sends the request until response headers are there. Null: the call has finished; never throws.</summary>
    protected async Task<FrameReader?> OpenAsync(HttpContent content)
    {
        Watch();
        var retry = Channel.Retries.For(Method);
        for (var attempt = 1; !IsFinished; attempt++)
        {
            Status status;
            Metadata? trailers = null;
            try
            {
                var response = await SendAsync(content, attempt).ConfigureAwait(false);
                if (ResponseStart.Judge(response) is not { } refusal)
                {
                    return await AcceptAsync(response).ConfigureAwait(false);
                }

                status = RequireMessage(refusal, wasReceived: false);
                trailers = WireMetadata.FromResponse(response.Headers);
                if (!MayRetry(attempt, status))
                {
                    Keep(response);
                }
            }
#pragma warning disable CA1031 // Every failure of the transport becomes the call's status.
            catch (Exception error)
            {
                status = StatusOf(error, "Error starting gRPC call.");
            }
#pragma warning restore CA1031

            if (!MayRetry(attempt, status) || !await PauseBeforeAsync(attempt + 1).ConfigureAwait(false))
            {
                Finish(status, trailers);
            }
        }

        return null;

        bool MayRetry(int attempt, Status status) =>
            retry is not null
            && attempt < Channel.Retries.AttemptsOf(retry)
            && retry.RetryableStatusCodes.Contains(status.StatusCode)
            && content is not RequestStreamContent { CanReplay: false };

        async ValueTask<bool> PauseBeforeAsync(int attempt)
        {
            await Task.Delay(RetryPolicies.DelayBefore(retry!, attempt), AbortToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !IsFinished;
        }
    }

    /// <summary>After the last message: the status that the server sent.</summary>
    protected void FinishFromTrailers(bool messageReceived = false)
    {
        var trailers = _response!.TrailingHeaders;
        var status = ResponseStart.StatusIn(trailers) ?? new Status(StatusCode.Cancelled, "No grpc-status found on response.");
        Finish(RequireMessage(status, messageReceived), WireMetadata.FromResponse(trailers));
    }

    /// <summary>Ends the call with what went wrong, unless it has ended already, and tells how it ended.</summary>
    protected Exception Fail(Exception error, string what)
    {
        Finish(StatusOf(error, what));
        return FinalException();
    }

    /// <summary>The finished call as callers see its failure.</summary>
    protected Exception FinalException()
    {
        var (status, trailers) = _end!;
        var error = new RpcException(status, trailers ?? Metadata.Empty);
        return Channel.Options.ThrowOperationCanceledOnCancellation && status.StatusCode is (StatusCode.Cancelled or StatusCode.DeadlineExceeded)
            ? new OperationCanceledException(status.Detail, error, Options.CancellationToken)
            : error;
    }

    protected Status StatusOf(Exception error, string what)
    {
        if (error is RpcException known)
        {
            return known.Status;
        }

        var code = TransportErrors.StatusCodeOf(error);
        return code is StatusCode.Cancelled or StatusCode.Unavailable or StatusCode.Internal && TimeLeft <= TimeSpan.Zero
            ? new Status(StatusCode.DeadlineExceeded, string.Empty, error)
            : new Status(code, $"{what} {error.GetType().Name}: {error.Message}", error);
    }

    protected void Finish(Status status, Metadata? trailers = null)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                return;
            }

            _end = new CallEnd(status, trailers);
            SettleHeaders();
        }

        Unwatch();
        if (trailers is null)
        {
            // The server has not ended the call itself: whatever is under way must stop.
            _aborted.Cancel();
        }

        ReleaseRequest();
        _response?.Dispose();
    }

    /// <summary>Called once, when the call has finished.</summary>
    protected abstract void ReleaseRequest();

    /// <summary>The name of the encoding in which requests are sent, or null.</summary>
    protected abstract string? RequestEncoding { get; }

    private Status RequireMessage(Status status, bool wasReceived) =>
        status.StatusCode == StatusCode.OK && !wasReceived && Method.Type is (MethodType.Unary or MethodType.ClientStreaming)
            ? new Status(StatusCode.Internal, "The server ended the call with OK and sent no response message.")
            : status;

    private void Watch()
    {
        _deadline?.Start();
        _callerCancellation = Options.CancellationToken.UnsafeRegister(static call => ((ClientCall)call!).Cancel(), this);
        _channelDisposal = Channel.Disposed.UnsafeRegister(
            static call => ((ClientCall)call!).Finish(new Status(StatusCode.Cancelled, "Channel disposed.")), this);
        if (IsFinished)
        {
            // It ended before the registrations were there to be undone.
            Unwatch();
        }
    }

    private void Unwatch()
    {
        _deadline?.Dispose();
        _callerCancellation.Unregister();
        _channelDisposal.Unregister();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content, int attempt)
    {
        var request = await RequestStart.CreateAsync(Channel, Method, Host, Options, RequestEncoding, TimeLeft, attempt, AbortToken).ConfigureAwait(false);
        request.Content = content;
        return Channel.Invoker is HttpClient client
            ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, AbortToken).ConfigureAwait(false)
            : await Channel.Invoker.SendAsync(request, AbortToken).ConfigureAwait(false);
    }

    private async Task<FrameReader?> AcceptAsync(HttpResponseMessage response)
    {
        if (!Keep(response))
        {
            return null;
        }

        var body = await response.Content.ReadAsStreamAsync(AbortToken).ConfigureAwait(false);
        return new FrameReader(PipeReader.Create(body, s_readerOptions), Channel.Options.MaxReceiveMessageSize, Channel.Encodings)
        {
            Encoding = WireMetadata.First(response.Headers, GrpcProtocol.EncodingHeader),
        };
    }

    private bool Keep(HttpResponseMessage response)
    {
        lock (_lock)
        {
            if (_end is null)
            {
                _response = response;
                SettleHeaders();
                return true;
            }
        }

        // The call was cancelled while its response was on the way.
        response.Dispose();
        return false;
    }

    private void SettleHeaders()
    {
        if (_headers is null)
        {
            return;
        }

        if (_response is not null)
        {
            _headers.TrySetResult(WireMetadata.FromResponse(_response.Headers));
        }
        else if (_end is not null && _headers.TrySetException(FinalException()))
        {
            // Whoever did not ask for headers must not hear of them as an unobserved exception.
            _ = _headers.Task.Exception;
        }
    }

    /// <summary>Trailers are null if the server did not end the call itself.</summary>
    private sealed record CallEnd(Status Status, Metadata? Trailers);
}
