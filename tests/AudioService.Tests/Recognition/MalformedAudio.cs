using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Museum.AudioService.Encodings;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What no recording is, 200 times over, the same at every run. Named, with what it is called and how it is asked for.</summary>
internal sealed record Malformed(string Name, string Type, byte[] Bytes, string Query = "")
{
    private const int Repeats = 10;

    // Container and codec, as ffmpeg calls them, and how many bytes tell it from others.
    private static readonly (string Name, string Container, string Codec)[] Formats =
        [("mp3", "mp3", "libmp3lame"), ("wav", "wav", "pcm_s16le"), ("ogg", "ogg", "libopus"), ("webm", "webm", "libopus"), ("flac", "flac", "flac"), ("m4a", "ipod", "aac")];

    public static async Task<List<Malformed>> AllAsync()
    {
        var all = new List<Malformed>();
        foreach (var (name, container, codec) in Formats)
        {
            var whole = await Recordings.EncodeAsync(new short[16_000], container, codec);
            all.AddRange(new[] { 1, 4, 8, 12, 16, 24, 32, 40 }.Select(bytes => new Malformed($"{name} cut after {bytes} bytes", "audio/" + name, whole[..bytes])));
            all.AddRange(Enumerable.Range(0, Repeats).Select(seed => new Malformed($"{name}'s beginning and random bytes {seed}", "audio/" + name, [.. whole[..16], .. Random(seed, 4_096)])));
            all.Add(new($"{name}'s beginning and zeros", "audio/" + name, [.. whole[..16], .. new byte[65_536]]));
            all.Add(new($"{name}, silent", "audio/" + name, whole));
            all.Add(new($"{name}, 70 s of nothing in few bytes", "audio/" + name, await Recordings.EncodeAsync(new short[70 * 16_000], container, codec)));
            all.Add(new($"{name} in gzip", "audio/" + name, Gzip(whole)));
            all.Add(new($"{name} after a byte too many", "audio/" + name, [0, .. whole]));
            all.Add(new($"{name} backwards", "audio/" + name, [.. Enumerable.Reverse(whole)]));
        }

        all.AddRange(Headers());
        all.AddRange(Disguises());
        all.AddRange(Raw());
        all.AddRange(Forms());
        return all;
    }

    /// <summary>RIFF whose fields lie: offset, value and size of each.</summary>
    private static IEnumerable<Malformed> Headers()
    {
        var wav = (byte[])[.. AudioFormat.WavHeader(16_000, 3_200), .. MemoryMarshal.AsBytes(new short[1_600].AsSpan())];
        (string What, int At, uint Value, int Size)[] lies =
        [
            ("0 Hz", 24, 0, 4), ("4,294,967,295 Hz", 24, uint.MaxValue, 4), ("no channel", 22, 0, 2), ("1,000 channels", 22, 1_000, 2), ("65,535 channels", 22, 65_535, 2),
            ("0 bits a sample", 34, 0, 2), ("7 bits a sample", 34, 7, 2), ("65,535 bits a sample", 34, 65_535, 2), ("a format that nobody has", 20, 0xABCD, 2), ("a format of 0 bytes", 16, 0, 4),
            ("a format longer than the file", 16, 1_000_000, 4), ("a chunk of another name", 36, 0x58585858, 4), ("no data", 40, 0, 4),
        ];
        return lies.Select(lie =>
        {
            var bytes = wav.ToArray();
            Span<byte> value = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(value, lie.Value);
            value[..lie.Size].CopyTo(bytes.AsSpan(lie.At));
            return new Malformed($"wav with {lie.What}", "audio/wav", bytes);
        });
    }

    private static IEnumerable<Malformed> Disguises()
    {
        (string What, byte[] Bytes)[] others =
        [
            ("a zip archive", [0x50, 0x4B, 3, 4, .. Random(1, 500)]), ("a gzip bomb", Gzip(new byte[10 << 20])), ("an xz archive", [0xFD, .. "7zXZ\0"u8, .. Random(2, 500)]),
            ("a picture", [0x89, .. "PNG\r\n\u001a\n"u8, .. Random(3, 500)]), ("a photograph", [0xFF, 0xD8, 0xFF, 0xE0, .. Random(4, 500)]), ("a program", [0x7F, .. "ELF"u8, .. Random(5, 500)]),
            ("a document", Encoding.ASCII.GetBytes("%PDF-1.7\n" + new string('x', 500))), ("a page", "<!DOCTYPE html><html><body>hello</body></html>"u8.ToArray()), ("JSON", "{\"audio\": true, \"text\": \"hello\"}"u8.ToArray()),
            ("a playlist", "#EXTM3U\n#EXT-X-VERSION:3\nfile:///etc/passwd\n"u8.ToArray()), ("a list of files", "ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray()), ("a session description", "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n"u8.ToArray()),
            ("an AVI", [.. "RIFF"u8, 0, 1, 0, 0, .. "AVI LIST"u8, .. Random(6, 500)]), ("an AIFF", [.. "FORM"u8, 0, 0, 1, 0, .. "AIFFCOMM"u8, .. Random(7, 500)]), ("MIDI", [.. "MThd"u8, 0, 0, 0, 6, 0, 1, 0, 1, 0, 96]),
            ("AMR", [.. "#!AMR\n"u8, .. Random(8, 500)]), ("Sun's au", [.. ".snd"u8, 0, 0, 0, 24, .. Random(9, 500)]), ("an ever-growing text", Encoding.ASCII.GetBytes("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>")),
            ("nothing", []), ("one byte", [0xFF]), ("spaces", Encoding.ASCII.GetBytes(new string(' ', 5_000))), ("zeros", new byte[5_000]), ("ones", [.. Enumerable.Repeat((byte)0xFF, 5_000)]),
        ];
        return others.Select((other, i) => new Malformed($"{other.What} that is called {Formats[i % Formats.Length].Name}", "audio/" + Formats[i % Formats.Length].Name, other.Bytes));
    }

    private static IEnumerable<Malformed> Raw() =>
    [
        new("raw: nothing", "audio/pcm", []), new("raw: half a sample", "audio/pcm", new byte[3_201]), new("raw: one byte", "audio/L16", [1]), new("raw: silence", "audio/pcm", new byte[32_000]),
        new("raw: 0 Hz", "audio/pcm", new byte[3_200], "?sample_rate=0"), new("raw: -1 Hz", "audio/pcm", new byte[3_200], "?sample_rate=-1"), new("raw: a rate of letters", "audio/pcm", new byte[3_200], "?sample_rate=fast"),
        new("raw: 2,147,483,647 Hz", "audio/pcm", new byte[3_200], "?sample_rate=2147483647"), new("raw: 61 s", "audio/pcm", new byte[61 * 32_000]), new("raw: of no format", "audio/pcm", new byte[3_200], "?format=exe"),
        new("raw: a rate in its type", "audio/pcm;rate=7", new byte[3_200]), new("raw: 26 MB", "audio/pcm", new byte[26 << 20]),
    ];

    private static IEnumerable<Malformed> Forms() =>
    [
        new("form: no boundary", "multipart/form-data", "--x\r\n\r\n"u8.ToArray()), new("form: nothing in it", "multipart/form-data; boundary=x", []), new("form: only its end", "multipart/form-data; boundary=x", "--x--\r\n"u8.ToArray()),
        new("form: no file", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"u8.ToArray()),
        new("form: an empty file", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.wav\"\r\n\r\n\r\n--x--\r\n"u8.ToArray()),
        new("form: a file without an end", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.wav\"\r\n\r\nRIFF"u8.ToArray()),
        new("form: another boundary", "multipart/form-data; boundary=y", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--x--\r\n"u8.ToArray()),
        new("form: a header without an end", "multipart/form-data; boundary=x", [.. "--x\r\nContent-Disposition: "u8, .. Encoding.ASCII.GetBytes(new string('a', 100_000))]),
        new("form: a boundary of 300 letters", $"multipart/form-data; boundary={new string('b', 300)}", "--x--\r\n"u8.ToArray()),
        new("form: random bytes", "multipart/form-data; boundary=x", Random(10, 5_000)),
    ];

    private static byte[] Random(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
