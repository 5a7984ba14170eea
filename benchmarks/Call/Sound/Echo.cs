namespace Museum.Benchmarks.Call.Sound;

/// <summary>What a microphone gets of the loudspeaker beside it: later, softer, and with a small room's reflections.</summary>
internal sealed class Echo
{
    // A room of some 40 m³: reflections thin out over 150 ms.
    private const int Reflections = 14;
    private const double DecaySeconds = 0.045;
    private const double LastReflectionSeconds = 0.15;

    private readonly (int Samples, double Gain)[] taps;
    private readonly short[] played;
    private long written;

    /// <param name="delayMs">From the page's clock to the air and back: 60 to 300 ms.</param>
    /// <param name="softerDb">Of the direct way: 6 to 20 dB.</param>
    /// <param name="seed">The room.</param>
    public Echo(double delayMs, double softerDb, int seed)
    {
        var random = new Random(seed);
        var direct = (int)(delayMs * Pcm.Rate / 1000);
        var gain = Math.Pow(10, -softerDb / 20);
        taps =
        [
            (direct, gain),
            .. Enumerable.Range(0, Reflections).Select(_ =>
            {
                var after = 0.002 + (random.NextDouble() * LastReflectionSeconds);
                return (direct + (int)(after * Pcm.Rate), gain * 0.6 * Math.Exp(-after / DecaySeconds) * (random.Next(2) == 0 ? 1 : -1));
            }),
        ];
        played = new short[taps.Max(t => t.Samples) + (2 * Pcm.FrameSamples)];
    }

    /// <summary>The loudspeaker plays a frame; adds to the microphone's frame of the same time what it gets of this and earlier ones.</summary>
    public void Add(ReadOnlySpan<short> loudspeaker, Span<double> microphone)
    {
        for (var i = 0; i < loudspeaker.Length; i++, written++)
        {
            played[written % played.Length] = loudspeaker[i];
            foreach (var (samples, gain) in taps)
            {
                microphone[i] += written < samples ? 0 : gain * played[(written - samples) % played.Length];
            }
        }
    }
}
