using System.Diagnostics;
using System.Runtime.CompilerServices;
using Museum.AudioService.Sound;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Recognition;

/// <summary>What a visitor says on its way to a recogniser: counted, limited, and brought to 16 kHz.</summary>
internal sealed class SpeechIntake(int sampleRate, TimeSpan limit)
{
    private readonly Resampler? resampler = sampleRate == Transcript.SampleRate ? null : new Resampler(sampleRate, Transcript.SampleRate);
    private long samples;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)samples / sampleRate);

    /// <summary>When the last chunk had come, by <see cref="Stopwatch"/>; null before.</summary>
    public long? EndedAt { get; private set; }

    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var chunk in audio.WithCancellation(ct))
        {
            samples += chunk.Length;
            if (Duration > limit)
            {
                throw new ClientException("audio_too_long", $"The audio is longer than {limit.TotalSeconds:0} s.", 413);
            }

            if (resampler is null)
            {
                yield return chunk;
            }
            else if (Pcm(resampler.Push(Wave(chunk.Span))) is { Length: > 0 } resampled)
            {
                yield return resampled;
            }
        }

        EndedAt = Stopwatch.GetTimestamp();
        if (resampler is not null && Pcm(resampler.Finish()) is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static float[] Wave(ReadOnlySpan<short> pcm)
    {
        var wave = new float[pcm.Length];
        for (var i = 0; i < wave.Length; i++)
        {
            wave[i] = pcm[i];
        }

        return wave;
    }

    private static short[] Pcm(float[] wave) => Array.ConvertAll(wave, sample => (short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue));
}
