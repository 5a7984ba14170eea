using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>
/// Serializes one message after another into one pooled array, each with its five bytes of prefix
/// (a compressed flag and a big-endian length). Not for concurrent use.
/// </summary>
internal sealed class FrameWriter(int? maxSize) : SerializationContext, IBufferWriter<byte>
{
    private const int PrefixSize = 5;

    // A stream that once sent something big must not hold on to it.
    private const int KeepAtMost = 64 * 1024;

    private byte[] _array = [];
    private int _length;
    private bool _isComplete;

    /// <summary>The frame; valid until the next call or <see cref="Release"/>.</summary>
    public ReadOnlyMemory<byte> Write<T>(
        T message, Action<T, SerializationContext> serializer, ICompressionProvider? compression = null, CompressionLevel? level = null)
    {
        if (_array.Length > KeepAtMost)
        {
            Release();
        }

        EnsureRoom(PrefixSize);
        _length = PrefixSize;
        _isComplete = false;
        serializer(message, this);
        if (!_isComplete)
        {
            throw new InvalidOperationException("The serializer did not complete its message.");
        }

        EnsureAllowed(_length - PrefixSize);

        // .NET's streams make nothing of nothing, and that is no gzip member: an empty message goes as it is.
        var compress = compression is not null && _length > PrefixSize;
        if (compress)
        {
            Compress(compression!, level);
        }

        _array[0] = compress ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(_array.AsSpan(1), _length - PrefixSize);
        return _array.AsMemory(0, _length);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        EnsureAllowed(payloadLength);
        EnsureRoom(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete() => _isComplete = true;

    public override void Complete(byte[] payload)
    {
        EnsureAllowed(payload.Length);
        EnsureRoom(payload.Length);
        payload.CopyTo(_array, _length);
        _length += payload.Length;
        _isComplete = true;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - _length), nameof(count));
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _array.AsSpan(_length);
    }

    /// <summary>Gives the array back.</summary>
    public void Release()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            (_array, _length) = ([], 0);
        }
    }

    private void Compress(ICompressionProvider compression, CompressionLevel? level)
    {
        using var compressed = new MemoryStream();
        using (var stream = compression.CreateCompressionStream(compressed, level))
        {
            stream.Write(_array, PrefixSize, _length - PrefixSize);
        }

        _length = PrefixSize;
        EnsureRoom((int)compressed.Length);
        compressed.GetBuffer().AsSpan(0, (int)compressed.Length).CopyTo(_array.AsSpan(_length));
        _length += (int)compressed.Length;
    }

    private void EnsureAllowed(int size)
    {
        if (size > maxSize)
        {
            throw GrpcProtocol.Error(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size.");
        }
    }

    private void EnsureRoom(int size)
    {
        if (_array.Length - _length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + size), Math.Min(_array.Length * 2, Array.MaxLength)));
        _array.AsSpan(0, _length).CopyTo(larger);
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
