using System.Net;
using System.Net.Http.Headers;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The body of a call with one request: a frame serialized beforehand, so that it can be sent again.</summary>
internal sealed class MessageContent : HttpContent
{
    private static readonly MediaTypeHeaderValue s_contentType = new(GrpcProtocol.ContentType);

    private readonly FrameWriter _writer;
    private readonly ReadOnlyMemory<byte> _frame;

    // One for the call, one for each attempt that is copying: the pooled frame goes back when all are through.
    private int _users = 1;

    public MessageContent(FrameWriter writer, ReadOnlyMemory<byte> frame)
    {
        _writer = writer;
        _frame = frame;
        Headers.ContentType = s_contentType;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _writer.Release();
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Acquire();
        try
        {
            await stream.WriteAsync(_frame, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Release();
        }
    }

    // No content-length: peers of gRPC expect a stream.
    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    private void Acquire()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0, this);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }
}
