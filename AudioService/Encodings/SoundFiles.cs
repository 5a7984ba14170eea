using System.Runtime.InteropServices;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Encodings;

/// <summary>Makes files of whole sounds, in any format.</summary>
internal sealed class SoundFiles(ResourcePool<FfmpegPlace> places)
{
    /// <param name="format">What it shall be.</param>
    /// <param name="sampleRate">Of <paramref name="pcm"/>.</param>
    /// <param name="pcm">PCM16 mono.</param>
    /// <param name="ct">Ends the encoder.</param>
    public async Task<byte[]> EncodeAsync(AudioFormat format, int sampleRate, ReadOnlyMemory<short> pcm, CancellationToken ct)
    {
        var samples = MemoryMarshal.AsBytes(pcm.Span).ToArray();
        if (format.Ffmpeg is null)
        {
            return format.Name == "wav" ? [.. AudioFormat.WavHeader(sampleRate, samples.Length), .. samples] : samples;
        }

        await using var place = await places.RentAsync(ct);
        using var file = new MemoryStream();
        await using var encoder = FfmpegEncoder.Start(format, sampleRate, file, ct);
        await encoder.WriteAsync(samples);
        await encoder.FinishAsync();
        return file.ToArray();
    }
}
