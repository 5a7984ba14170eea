using System.Text;

namespace Museum.AudioService.Espeak;

/// <summary>
/// The frames between AudioService and its worker, on the worker's standard input and output:
/// <c>int32 length, byte kind, body</c>, little endian, the length counting kind and body. Compiled into both.
/// </summary>
internal enum EspeakFrame : byte
{
    /// <summary>To the worker: <c>int32 id, int32 words per minute, int32 pitch (0–100, 50 the voice's own), int32 runs, (string voice, string text)…</c></summary>
    Speak = 1,

    /// <summary>To the worker: <c>int32 id</c>; what is being said stops within one buffer.</summary>
    Cancel = 2,

    /// <summary>From the worker, once: <c>int32 sample rate</c>.</summary>
    Ready = 10,

    /// <summary><c>int32 id, PCM16…</c></summary>
    Sound = 11,

    /// <summary><c>int32 id, int32 run, int32 start, int32 length (UTF-16 units of the run's text), int32 sample</c></summary>
    Word = 12,

    /// <summary><c>int32 id, int32 sample, string mnemonic</c></summary>
    Phone = 13,

    /// <summary><c>int32 id</c>; the last frame of a request, also of a cancelled one.</summary>
    Done = 14,

    /// <summary><c>int32 id, string reason</c>; the last frame of a request that could not be spoken.</summary>
    Failed = 15,
}

internal static class EspeakFrames
{
    /// <summary>Far above what a sentence needs; a longer frame means that the two sides no longer understand each other.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The worker's exit codes before it was ready: espeak-ng's library, or its voices, are not on this machine.</summary>
    public const int NoLibrary = 3;

    public const int NoData = 4;

    public static byte[] Compose(EspeakFrame kind, Action<BinaryWriter> body)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(0);
        writer.Write((byte)kind);
        body(writer);
        writer.Flush();
        var frame = bytes.ToArray();
        BitConverter.TryWriteBytes(frame, frame.Length - sizeof(int));
        return frame;
    }

    /// <summary>Null at the stream's end.</summary>
    public static async ValueTask<(EspeakFrame Kind, BinaryReader Body)?> ReadAsync(Stream stream, CancellationToken ct)
    {
        var head = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct) < head.Length)
        {
            return null;
        }

        var length = BitConverter.ToInt32(head);
        if (length is < 1 or > MaxBytes)
        {
            throw new InvalidDataException($"A frame of {length} bytes.");
        }

        var frame = new byte[length];
        if (await stream.ReadAtLeastAsync(frame, length, throwOnEndOfStream: false, ct) < length)
        {
            return null;
        }

        var body = new BinaryReader(new MemoryStream(frame, writable: false), Encoding.UTF8);
        return ((EspeakFrame)body.ReadByte(), body);
    }
}
