using System.Runtime.InteropServices;

namespace Museum.AudioService.Encodings;

/// <summary>A whole sound as a file of any format.</summary>
internal static class SoundFile
{
    /// <param name="format">What it shall be.</param>
    /// <param name="sampleRate">Of <paramref name="pcm"/>.</param>
    /// <param name="pcm">PCM16 mono.</param>
    /// <param name="ct">Ends the encoder.</param>
    public static async Task<byte[]> EncodeAsync(AudioFormat format, int sampleRate, ReadOnlyMemory<short> pcm, CancellationToken ct)
    {
        var samples = MemoryMarshal.AsBytes(pcm.Span).ToArray();
        if (format.Ffmpeg is null)
        {
            return format.Name == "wav" ? [.. AudioFormat.WavHeader(sampleRate, samples.Length), .. samples] : samples;
        }

        using var file = new MemoryStream();
        await using var encoder = FfmpegEncoder.Start(format, sampleRate, file, ct);
        await encoder.WriteAsync(samples);
        await encoder.FinishAsync();
        return file.ToArray();
    }
}
