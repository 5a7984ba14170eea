using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>One call with its messages; reads its response, or its stream of them.</summary>
internal sealed class ClientCall<TRequest, TResponse> : ClientCall, IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private static readonly Task<bool> s_true = Task.FromResult(true);
    private static readonly Task<bool> s_false = Task.FromResult(false);

    private readonly Method<TRequest, TResponse> _method;
    private readonly ICompressionProvider? _compression;
    private MessageContent? _message;
    private RequestStreamContent? _requests;
    private Task<FrameReader?>? _open;
    private TResponse? _current;
    private int _isReading;

    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
        : base(channel, method, host, options)
    {
        _method = method;
        if (options.Headers?.GetValue(GrpcProtocol.RequestEncodingOption) is { } encoding and not MessageEncodings.Identity)
        {
            _compression = channel.Encodings.Find(encoding)
                ?? throw new InvalidOperationException($"Could not find compression provider for '{encoding}'.");
        }
    }

    public TResponse Current => _current ?? throw new InvalidOperationException("No current message: MoveNext has not returned true.");

    internal Task<FrameReader?> Opened => _open!;

    protected override string? RequestEncoding => _compression?.EncodingName;

    public void StartWith(TRequest request)
    {
        var writer = new FrameWriter(Channel.Options.MaxSendMessageSize);
        try
        {
            _message = new MessageContent(writer, Serialize(writer, request, Options.WriteOptions));
            _open = OpenAsync(_message);
        }
#pragma warning disable CA1031 // What a serializer throws ends the call; callers see it when they await it.
        catch (Exception error)
        {
            writer.Release();
            Finish(StatusOf(error, "Error serializing the request."));
            _open = Task.FromResult<FrameReader?>(null);
        }
#pragma warning restore CA1031
    }

    public ClientRequestWriter<TRequest, TResponse> StartStream()
    {
        _requests = new RequestStreamContent();
        _open = OpenAsync(_requests);
        return new ClientRequestWriter<TRequest, TResponse>(this, _requests, Channel.Options.MaxSendMessageSize) { WriteOptions = Options.WriteOptions };
    }

    public async Task<TResponse> ReadResponseAsync()
    {
        var reader = await _open!.ConfigureAwait(false);
        TResponse? response = null;
        if (reader is not null)
        {
            try
            {
                response = await reader.ReadAsync(_method.ResponseMarshaller.ContextualDeserializer, AbortToken).ConfigureAwait(false);
                if (response is not null && !await reader.HasEndedAsync(AbortToken).ConfigureAwait(false))
                {
                    throw GrpcProtocol.Error(StatusCode.Internal, "Unexpected data after finished reading message.");
                }

                FinishFromTrailers(messageReceived: response is not null);
            }
            catch (Exception error)
            {
                throw Fail(error, "Error reading the response.");
            }
            finally
            {
                reader.Release();
            }
        }

        return GetStatus().StatusCode == StatusCode.OK ? response! : throw FinalException();
    }

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (IsFinished)
        {
            return AfterEnd();
        }

        if (Interlocked.Exchange(ref _isReading, 1) != 0)
        {
            throw new InvalidOperationException("Can't read the next message because the previous read is still in progress.");
        }

        var read = ReadNextAsync(cancellationToken);
        return !read.IsCompletedSuccessfully ? read.AsTask() : read.Result ? s_true : s_false;
    }

    public ReadOnlyMemory<byte> Serialize(FrameWriter writer, TRequest request, WriteOptions? options) => writer.Write(
        request,
        _method.RequestMarshaller.ContextualSerializer,
        (options?.Flags & WriteFlags.NoCompress) > 0 ? null : _compression);

    /// <summary>Why a write failed: the call's own end, if it has one or is about to have one.</summary>
    public async Task<Exception> WhyNotWrittenAsync(Exception error)
    {
        if (!IsFinished)
        {
            await _open!.ConfigureAwait(false);
        }

        return IsFinished ? WriteRefused() : new RpcException(StatusOf(error, "Error sending a message."));
    }

    /// <summary>Null while messages may still be written.</summary>
    public Exception? WriteRefusal() => IsFinished ? WriteRefused() : null;

    protected override void ReleaseRequest()
    {
        _message?.Release();
        _requests?.Abort();
    }

    private Exception WriteRefused() => GetStatus().StatusCode == StatusCode.OK
        ? new InvalidOperationException("Can't write the message because the call is complete.")
        : FinalException();

    private Task<bool> AfterEnd() => GetStatus().StatusCode == StatusCode.OK ? s_false : Task.FromException<bool>(FinalException());

    private async ValueTask<bool> ReadNextAsync(CancellationToken ct)
    {
        // Cancelling a read cancels the call: half a message cannot be put back.
        var registration = ct.UnsafeRegister(static call => ((ClientCall)call!).Cancel(), this);
        FrameReader? reader = null;
        try
        {
            reader = await _open!.ConfigureAwait(false);
            if (reader is not null)
            {
                _current = await reader.ReadAsync(_method.ResponseMarshaller.ContextualDeserializer, AbortToken).ConfigureAwait(false);
                if (_current is not null)
                {
                    return true;
                }

                FinishFromTrailers();
            }
        }
        catch (Exception error)
        {
            throw Fail(error, "Error reading next message.");
        }
        finally
        {
            registration.Unregister();
            if (IsFinished)
            {
                reader?.Release();
            }

            Volatile.Write(ref _isReading, 0);
        }

        return await AfterEnd().ConfigureAwait(false);
    }
}
