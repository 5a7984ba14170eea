namespace Museum.AudioService.Sound;

/// <summary>
/// Cuts the silence before a sentence to 80 ms and after it to 150 ms, as it streams: silence is held back until sound follows.
/// </summary>
internal sealed class SilenceTrimmer(int sampleRate)
{
    public const int MaxHeadMilliseconds = 80;
    public const int MaxTailMilliseconds = 150;

    // −50 dB: above the engines' noise floor, below the quietest consonant.
    private const float Threshold = 0.003f;

    private readonly List<float> held = [];

    /// <summary>Samples that were taken from the start: times counted before this are later by as much.</summary>
    public int Dropped { get; private set; }

    /// <summary>Has sound come through? Until then <see cref="Dropped"/> is not known.</summary>
    public bool Started { get; private set; }

    /// <summary>What may go out now.</summary>
    public float[] Push(float[] samples)
    {
        var lastLoud = Array.FindLastIndex(samples, s => MathF.Abs(s) >= Threshold);
        if (lastLoud < 0)
        {
            held.AddRange(samples);
            return [];
        }

        held.AddRange(samples[..(lastLoud + 1)]);
        if (!Started)
        {
            Started = true;
            var firstLoud = held.FindIndex(s => MathF.Abs(s) >= Threshold);
            Dropped = Math.Max(0, firstLoud - (sampleRate * MaxHeadMilliseconds / 1000));
            held.RemoveRange(0, Dropped);
        }

        var audible = held.ToArray();
        held.Clear();
        held.AddRange(samples[(lastLoud + 1)..]);
        return audible;
    }

    /// <summary>The silence that may end the sentence.</summary>
    public float[] Finish() => Started ? [.. held.Take(sampleRate * MaxTailMilliseconds / 1000)] : [];
}
