using System.Net;
using System.Net.Http.Headers;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The body of a call with a request stream: lends its stream to the writer until that has completed.</summary>
internal sealed class RequestStreamContent : HttpContent
{
    private static readonly MediaTypeHeaderValue s_contentType = new(GrpcProtocol.ContentType);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isWanted;
    private bool _isWritten;

    public RequestStreamContent() => Headers.ContentType = s_contentType;

    /// <summary>The stream of the present attempt. After this the request cannot be moved to another connection.</summary>
    public Task<Stream> TakeStreamAsync()
    {
        lock (_lock)
        {
            _isWanted = true;
            _isWritten |= _stream.Task.IsCompletedSuccessfully;
            return _stream.Task;
        }
    }

    /// <summary>Whether nothing has been written yet, so that another connection may take the request over.</summary>
    public bool CanReplay
    {
        get
        {
            lock (_lock)
            {
                return !_isWritten;
            }
        }
    }

    /// <summary>Half-closes the request.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Gives the request up: the stream is reset if it is still open.</summary>
    public void Abort()
    {
        _completed.TrySetCanceled();
        lock (_lock)
        {
            _stream.TrySetCanceled();
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isWritten)
            {
                throw new HttpRequestException("Part of the request stream has been sent; it cannot be sent again.");
            }

            if (_stream.Task.IsCompletedSuccessfully)
            {
                _stream = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        // The server must see the headers before the first message: it may have something to say first.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _isWritten |= _isWanted;
            _stream.TrySetResult(stream);
        }

        await _completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
