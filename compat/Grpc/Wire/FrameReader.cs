using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Cuts messages out of a pipe. What one read of the pipe brought is parsed message by message before the
/// pipe is asked again, so that a burst costs one read. Not for concurrent use.
/// </summary>
internal sealed class FrameReader(PipeReader pipe, int? maxSize, MessageEncodings encodings) : DeserializationContext
{
    private const int PrefixSize = 5;

    private ReadOnlySequence<byte> _unread;
    private ReadOnlySequence<byte> _payload;
    private bool _holdsBuffer;
    private bool _hasEnded;

    /// <summary>grpc-encoding of the other side.</summary>
    public string? Encoding { get; init; }

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>The next message, or null at the end of the stream.</summary>
    public ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken ct)
        where T : class => _holdsBuffer && TryTake() ? new ValueTask<T?>(deserializer(this)) : ReadFromPipeAsync(deserializer, ct);

    /// <summary>Exactly one message.</summary>
    public async ValueTask<T> ReadSingleAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken ct)
        where T : class
    {
        var message = await ReadAsync(deserializer, ct).ConfigureAwait(false)
            ?? throw GrpcProtocol.Error(StatusCode.Internal, "Incomplete message.");
        if (!await HasEndedAsync(ct).ConfigureAwait(false))
        {
            throw GrpcProtocol.Error(StatusCode.Internal, "Additional data after the message received.");
        }

        return message;
    }

    /// <summary>True if nothing more follows; waits for the other side to end the stream.</summary>
    public async ValueTask<bool> HasEndedAsync(CancellationToken ct) =>
        _unread.IsEmpty && (_hasEnded || !await FillAsync(ct).ConfigureAwait(false));

    /// <summary>Gives the buffers back; for whoever made the pipe, and only between reads.</summary>
    public void Release()
    {
        (_unread, _payload, _holdsBuffer, _hasEnded) = (default, default, false, true);
        pipe.Complete();
    }

    private async ValueTask<T?> ReadFromPipeAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken ct)
        where T : class
    {
        if (_hasEnded)
        {
            return _unread.IsEmpty ? null : throw GrpcProtocol.Error(StatusCode.Internal, "Incomplete message.");
        }

        while (await FillAsync(ct).ConfigureAwait(false))
        {
            if (TryTake())
            {
                return deserializer(this);
            }

            if (_hasEnded)
            {
                throw GrpcProtocol.Error(StatusCode.Internal, "Incomplete message.");
            }
        }

        return null;
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        ReadResult result;
        do
        {
            if (_holdsBuffer)
            {
                pipe.AdvanceTo(_unread.Start, _unread.End);
                _holdsBuffer = false;
            }

            result = await pipe.ReadAsync(ct).ConfigureAwait(false);
            (_unread, _holdsBuffer) = (result.Buffer, true);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("The stream was aborted while a message was received.");
            }
        }
        while (_unread.IsEmpty && !result.IsCompleted);

        _hasEnded = result.IsCompleted;
        return !_unread.IsEmpty;
    }

    private bool TryTake()
    {
        if (_unread.Length < PrefixSize)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixSize];
        _unread.Slice(0, PrefixSize).CopyTo(prefix);
        if (prefix[0] > 1)
        {
            throw GrpcProtocol.Error(StatusCode.Internal, "Unexpected compressed flag value in message header.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > (uint)(maxSize ?? int.MaxValue))
        {
            throw GrpcProtocol.Error(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");
        }

        if (_unread.Length < PrefixSize + length)
        {
            return false;
        }

        var payload = _unread.Slice(PrefixSize, length);
        _unread = _unread.Slice(payload.End);
        _payload = prefix[0] == 0 ? payload : encodings.Decompress(payload, Encoding, maxSize);
        return true;
    }
}
