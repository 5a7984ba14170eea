using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>The message encodings that one channel or service understands.</summary>
internal sealed class MessageEncodings
{
    public const string Identity = "identity";

    private readonly Dictionary<string, ICompressionProvider> _providers;

    public MessageEncodings(IEnumerable<ICompressionProvider>? providers)
    {
        _providers = (providers ?? []).ToDictionary(provider => provider.EncodingName, StringComparer.Ordinal);
        if (_providers.Count == 0)
        {
            ICompressionProvider[] defaults = [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];
            _providers = defaults.ToDictionary(provider => provider.EncodingName, StringComparer.Ordinal);
        }

        AcceptEncoding = string.Join(',', _providers.Keys.Prepend(Identity));
    }

    public static MessageEncodings Default { get; } = new(null);

    /// <summary>The value of grpc-accept-encoding.</summary>
    public string AcceptEncoding { get; }

    public ICompressionProvider? Find(string? encoding) =>
        encoding is not null && _providers.TryGetValue(encoding, out var provider) ? provider : null;

    public ReadOnlySequence<byte> Decompress(ReadOnlySequence<byte> payload, string? encoding, int? maxSize)
    {
        if (encoding is null or Identity)
        {
            throw GrpcProtocol.Error(StatusCode.Internal, encoding is null
                ? "Request did not include grpc-encoding value with compressed message."
                : "Request sent 'identity' grpc-encoding value with compressed message.");
        }

        var provider = Find(encoding) ?? throw GrpcProtocol.Error(
            StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {AcceptEncoding}");
        var output = new ArrayBufferWriter<byte>();
        using var input = provider.CreateDecompressionStream(new MemoryStream(payload.ToArray(), writable: false));
        int read;
        while ((read = Read(input, output.GetSpan(4096))) > 0)
        {
            output.Advance(read);

            // Checked while it grows, or a few bytes could unpack to gigabytes.
            if (output.WrittenCount > maxSize)
            {
                throw GrpcProtocol.Error(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");
            }
        }

        return new ReadOnlySequence<byte>(output.WrittenMemory);
    }

    private static int Read(Stream input, Span<byte> buffer)
    {
        try
        {
            return input.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The compressed message is damaged.", error));
        }
    }
}
