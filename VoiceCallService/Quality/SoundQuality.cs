using System.Text.Json.Serialization;

namespace Museum.VoiceCallService.Quality;

/// <summary>How well one session was heard.</summary>
/// <param name="Clipping">Share of samples at full scale, 0 to 1: a microphone that is set too loud.</param>
/// <param name="SignalToNoise">dB of speech above the room; null: nobody spoke, or nobody ever fell silent.</param>
/// <param name="Loss">Share of sound that never came, 0 to 1.</param>
/// <param name="Latency">From the end of a question to the first sound of its answer, on the average; null: nothing was answered.</param>
internal readonly record struct SessionQuality(double Clipping, double? SignalToNoise, double Loss, TimeSpan? Latency)
{
    /// <summary>0 to 1: 30 dB and more above the room is 1, less by what was lost and clipped.</summary>
    [JsonIgnore]
    public double? Clarity => SignalToNoise is { } db ? Math.Clamp(db / 30, 0, 1) * AudioQuality : null;

    /// <summary>0 to 1: what was neither lost nor clipped; a hundredth of clipped samples is heard in every loud syllable.</summary>
    [JsonIgnore]
    public double AudioQuality => (1 - Math.Min(1, 10 * Clipping)) * (1 - Loss);
}

/// <summary>Measures one session's microphone, whose sound comes in order. What was lost and answered may be told from other threads.</summary>
internal sealed class SoundQuality
{
    // A converter's full scale, less what a codec may round.
    private const int FullScale = 32_700;

    private (double Energy, long Samples) speech;
    private (double Energy, long Samples) room;
    private long latencyTicks;
    private int answers;
    private long clipped;
    private long lost;

    /// <param name="microphone">The next samples.</param>
    /// <param name="isSpeech">Somebody speaks in them.</param>
    public void Add(ReadOnlySpan<short> microphone, bool isSpeech)
    {
        var energy = 0.0;
        foreach (var sample in microphone)
        {
            energy += (double)sample * sample;
            clipped += Math.Abs((int)sample) >= FullScale ? 1 : 0;
        }

        ref var part = ref (isSpeech ? ref speech : ref room);
        part = (part.Energy + energy, part.Samples + microphone.Length);
    }

    /// <summary>So many samples never came, or came too fast to be heard.</summary>
    public void Lost(long samples) => Interlocked.Add(ref lost, samples);

    /// <param name="after">From the end of the question to the answer's first sound.</param>
    public void Answered(TimeSpan after)
    {
        Interlocked.Add(ref latencyTicks, after.Ticks);
        Interlocked.Increment(ref answers);
    }

    /// <returns>Null: there was no sound.</returns>
    public SessionQuality? Sum()
    {
        var samples = speech.Samples + room.Samples;
        return samples == 0 ? null : new SessionQuality(
            (double)clipped / samples, SignalToNoise(), (double)lost / (samples + lost), answers == 0 ? null : TimeSpan.FromTicks(latencyTicks / answers));
    }

    /// <summary>What is heard while somebody speaks is speech and room together.</summary>
    private double? SignalToNoise()
    {
        if (speech.Samples == 0 || room.Samples == 0)
        {
            return null;
        }

        var noise = Math.Max(room.Energy / room.Samples, 1);
        return Math.Clamp(10 * Math.Log10(Math.Max((speech.Energy / speech.Samples) - noise, 1e-3) / noise), 0, 90);
    }
}
