using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Encodings;

/// <summary>What a recording is, by its first bytes; what its sender calls it does not matter.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="ContentType">What it is usually called.</param>
/// <param name="Demuxer">ffmpeg's reader for it, named so that a playlist in disguise is never followed.</param>
internal sealed record SoundKind(string Name, string ContentType, string Demuxer)
{
    public const string Supported = "mp3, wav, opus (ogg), webm, flac, m4a";

    private static readonly SoundKind Wav = new("wav", "audio/wav", "wav");
    private static readonly SoundKind Ogg = new("ogg", "audio/ogg", "ogg");
    private static readonly SoundKind Flac = new("flac", "audio/flac", "flac");
    private static readonly SoundKind WebM = new("webm", "audio/webm", "matroska");
    private static readonly SoundKind M4a = new("m4a", "audio/mp4", "mov");
    private static readonly SoundKind Mp3 = new("mp3", "audio/mpeg", "mp3");

    public static IReadOnlyList<SoundKind> All { get; } = [Mp3, Wav, Ogg, WebM, Flac, M4a];

    /// <summary>Throws <see cref="ClientException"/> for what is none of <see cref="Supported"/>.</summary>
    /// <param name="bytes">All of it, or the beginning.</param>
    public static SoundKind Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => Wav,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => Ogg,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => Flac,
        // EBML, which Matroska and WebM begin with.
        [0x1A, 0x45, 0xDF, 0xA3, ..] => WebM,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => M4a,
        [(byte)'I', (byte)'D', (byte)'3', ..] => Mp3,
        // A frame of layer III: eleven bits of ones, a version, and 01.
        [0xFF, var second, ..] when (second & 0xE6) == 0xE2 && (second & 0x18) != 0x08 => Mp3,
        [] => throw new ClientException("audio_empty", "There is no audio in the request."),
        _ => throw new ClientException("format_unsupported", $"The audio is not one of {Supported}. Raw samples are taken as audio/pcm, audio/L16 or with ?format=pcm.", 415),
    };
}
