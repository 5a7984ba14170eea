using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Museum.AudioService.Sound;

/// <summary>
/// Cuts the silence before a sentence to 80 ms and after it to 150 ms, as it streams: silence is held back until sound follows.
/// </summary>
internal sealed class SilenceTrimmer(int sampleRate)
{
    public const int MaxHeadMilliseconds = 80;
    public const int MaxTailMilliseconds = 150;

    // −48 dB over 5 ms: above the hiss of a vocoder's pauses, below all but the faintest consonants, which the margins keep.
    private const float Threshold = 0.004f;

    private readonly int frame = sampleRate / 200;
    private readonly List<float> held = [];
    private int judged;
    private bool emitting;

    /// <summary>Samples that were taken from the start: times counted before this are later by as much.</summary>
    public int Dropped { get; private set; }

    /// <summary>Where the sound begins, counted from the first sample of all.</summary>
    public int FirstLoud { get; private set; }

    /// <summary>Has sound come through? Until then <see cref="Dropped"/> is not known.</summary>
    public bool Started { get; private set; }

    /// <summary>What may go out now.</summary>
    public float[] Push(float[] samples)
    {
        held.AddRange(samples);
        var audible = 0;
        for (; judged + frame <= held.Count; judged += frame)
        {
            if (IsLoud(CollectionsMarshal.AsSpan(held).Slice(judged, frame)))
            {
                FirstLoud = Started ? FirstLoud : judged;
                Started = true;
                audible = judged + frame;
            }
        }

        if (audible == 0)
        {
            return [];
        }

        var start = emitting ? 0 : Dropped = Math.Max(0, FirstLoud - (sampleRate * MaxHeadMilliseconds / 1000));
        emitting = true;
        var output = held[start..audible].ToArray();
        held.RemoveRange(0, audible);
        judged -= audible;
        return output;
    }

    /// <summary>The silence that may end the sentence.</summary>
    public float[] Finish() => Started ? [.. held.Take(sampleRate * MaxTailMilliseconds / 1000)] : [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsLoud(ReadOnlySpan<float> samples)
    {
        float energy = 0;
        foreach (var sample in samples)
        {
            energy += sample * sample;
        }

        return energy > Threshold * Threshold * samples.Length;
    }
}
