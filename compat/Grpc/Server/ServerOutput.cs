using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>The response of one call: headers, messages, end. One writer at a time, and nothing after the end.</summary>
internal sealed class ServerOutput
{
    private readonly HttpContext _http;
    private readonly ServiceSettings _settings;
    private readonly ICompressionProvider? _compression;
    private readonly FrameWriter _writer;

    // The deadline may end the call from another thread, while a message is being written.
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private bool _isWriting;
    private bool _hasEnded;
    private bool _headersWritten;

    public ServerOutput(HttpContext http, ServiceSettings settings)
    {
        (_http, _settings) = (http, settings);
        _writer = new FrameWriter(settings.MaxSendSize);
        var response = http.Response;
        response.ContentType = GrpcProtocol.ContentType;
        if (settings.ResponseCompression is { } compression && Accepts(http.Request, compression.EncodingName))
        {
            _compression = compression;
            response.Headers.GrpcEncoding = compression.EncodingName;
        }
    }

    // Kestrel resets the stream if the token of a write fires while it is under way, and then no status could follow:
    // tokens are looked at before a write and never handed to it.
    public async Task WriteHeadersAsync(Metadata headers, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Enter();
        try
        {
            if (_headersWritten || _http.Response.HasStarted)
            {
                throw new InvalidOperationException("Response headers can only be sent once per call.");
            }

            _headersWritten = true;
            ResponseEnd.CopyTo(_http.Response.Headers, headers);
            await _http.Response.BodyWriter.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    public async Task WriteAsync<T>(T message, Action<T, SerializationContext> serializer, WriteOptions? options, bool flush, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Enter();
        try
        {
            var frame = _writer.Write(
                message, serializer, (options?.Flags & WriteFlags.NoCompress) > 0 ? null : _compression, _settings.ResponseCompressionLevel);
            var response = _http.Response;
            if (!response.HasStarted)
            {
                await response.StartAsync(CancellationToken.None).ConfigureAwait(false);
            }

            if (flush)
            {
                await response.BodyWriter.WriteAsync(frame, CancellationToken.None).ConfigureAwait(false);
            }
            else
            {
                var span = frame.Span;
                span.CopyTo(response.BodyWriter.GetSpan(span.Length));
                response.BodyWriter.Advance(span.Length);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Writes status and trailers unless that has been done.</summary>
    public async ValueTask<bool> TryEndAsync(Status status, Metadata? trailers)
    {
        Task? idle = null;
        lock (_lock)
        {
            if (_hasEnded)
            {
                return false;
            }

            _hasEnded = true;
            if (_isWriting)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                idle = _idle.Task;
            }
        }

        if (idle is not null)
        {
            // That write ends when the caller takes its bytes, goes away, or is too slow for Kestrel's least data rate.
            await idle.ConfigureAwait(false);
        }

        _writer.Release();
        if (status.StatusCode == StatusCode.Unimplemented && !_http.Response.HasStarted)
        {
            _http.Response.Headers.GrpcAcceptEncoding = _settings.Encodings.AcceptEncoding;
        }

        ResponseEnd.Write(_http.Response, status, trailers);
        return true;
    }

    private static bool Accepts(HttpRequest request, string encoding)
    {
        var accepted = request.Headers.GrpcAcceptEncoding.ToString();
        foreach (var part in accepted.AsSpan().Split(','))
        {
            if (accepted.AsSpan(part).Trim().SequenceEqual(encoding))
            {
                return true;
            }
        }

        return false;
    }

    private void Enter()
    {
        lock (_lock)
        {
            if (_hasEnded || _isWriting)
            {
                throw new InvalidOperationException(_hasEnded
                    ? "Can't write the message because the request is complete."
                    : "Can't write the message because the previous write is in progress.");
            }

            _isWriting = true;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _isWriting = false;
            _idle?.TrySetResult();
        }
    }
}
