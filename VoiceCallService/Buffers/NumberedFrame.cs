using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Museum.VoiceCallService.Buffers;

/// <summary>
/// A binary frame of a client with <c>numbered_audio</c>: the index of its first sample (32 bits, little endian, from 0 at the call's first,
/// running over after 74 hours), then PCM16 little endian, 16 kHz mono.
/// </summary>
internal static class NumberedFrame
{
    private const int Header = sizeof(uint);

    /// <returns>False: it is not such a frame.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out uint firstSample, out ReadOnlySpan<short> pcm)
    {
        firstSample = 0;
        pcm = default;
        if (frame.Length < Header || frame.Length % 2 != 0)
        {
            return false;
        }

        firstSample = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        pcm = MemoryMarshal.Cast<byte, short>(frame[Header..]);
        return true;
    }
}
