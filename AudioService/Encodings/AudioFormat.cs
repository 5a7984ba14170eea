using System.Runtime.InteropServices;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Encodings;

/// <summary>What sound can go out as.</summary>
/// <param name="Ffmpeg">The encoder's arguments; null: no encoder is needed.</param>
internal sealed record AudioFormat(string Name, string ContentType, string[]? Ffmpeg)
{
    public static IReadOnlyList<AudioFormat> All { get; } =
    [
        new("wav", "audio/wav", null),
        new("pcm", "audio/pcm", null),
        new("mp3", "audio/mpeg", ["-c:a", "libmp3lame", "-b:a", "64k", "-f", "mp3"]),
        // A page for every 100 ms, or the first second would wait in the container.
        new("opus", "audio/ogg; codecs=opus", ["-c:a", "libopus", "-b:a", "32k", "-page_duration", "100000", "-f", "ogg"]),
    ];

    /// <summary>Throws <see cref="ClientException"/> for any other.</summary>
    public static AudioFormat Named(string name) => All.FirstOrDefault(f => f.Name == name)
        ?? throw new ClientException("format_unsupported", $"The format \"{name}\" is not one of {string.Join(", ", All.Select(f => f.Name))}.", 415);

    /// <summary>RIFF. The length of a stream is not known and left open (all ones); players read to the end.</summary>
    public static byte[] WavHeader(int sampleRate, int? dataBytes = null)
    {
        using var bytes = new MemoryStream(44);
        using var writer = new BinaryWriter(bytes);
        writer.Write("RIFF"u8);
        writer.Write(dataBytes is { } bytesToCome ? (uint)bytesToCome + 36 : uint.MaxValue);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(sampleRate * sizeof(short));
        writer.Write((short)sizeof(short));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(dataBytes is { } length ? (uint)length : uint.MaxValue);
        return bytes.ToArray();
    }

    /// <summary>A whole file.</summary>
    public static byte[] Wav(List<short> pcm, int sampleRate) =>
        [.. WavHeader(sampleRate, pcm.Count * sizeof(short)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(pcm))];
}
