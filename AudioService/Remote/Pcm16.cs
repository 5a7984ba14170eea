using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Museum.AudioService.Remote;

/// <summary>Makes samples of PCM16's bytes (little endian), which arrive cut anywhere.</summary>
internal sealed class Pcm16
{
    private byte? half;

    public short[] Samples(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = half is { } first ? [first, .. bytes] : bytes.ToArray();
        half = whole.Length % 2 == 1 ? whole[^1] : null;
        var samples = new short[whole.Length / 2];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(whole[(2 * i)..]);
        }

        return samples;
    }

    /// <summary>Samples as they arrive, until the stream's end.</summary>
    public static async IAsyncEnumerable<short[]> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var pcm = new Pcm16();
        // 85 ms at 24 kHz: what has arrived is passed on, more is not waited for.
        var buffer = new byte[4_096];
        for (int n; (n = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            if (pcm.Samples(buffer.AsSpan(0, n)) is { Length: > 0 } samples)
            {
                yield return samples;
            }
        }
    }
}
