namespace Museum.VoiceCallService.BargeIn;

/// <summary>
/// Whether what a microphone hears is the guide's own voice from the loudspeaker:
/// <code>
/// 1 microphone and what was played, 16 → 8 kHz, to spectra of 32 ms windows
/// 2 the delay, in steps of 16 ms from 0 to 800 ms, at which one tap per frequency explains most of the microphone
/// 3 there, eight taps: loudspeaker and room; what share of the microphone's energy they explain
/// 4 echo, if it is nearly all: a visitor who speaks over the guide, as loud as the echo, leaves half unexplained
/// </code>
/// One call's, on one thread at a time; about 200 KB, made once.
/// </summary>
internal sealed class EchoDetector(EchoReference reference)
{
    private const int MostSamples = EchoSpectra.SampleRate;
    private const int MostDelay = 50;

    // The clocks of either side are known to some tens of milliseconds.
    private const int LeastDelay = -3;
    private const int Before = MostDelay + EchoPath.Taps;
    private const int After = 1 - LeastDelay;

    // Found with 300 echoes and 300 visitors who speak over one (docs/decisions/005). The shorter the sound, the less sure the share, and
    // the sooner it is held for an echo: more sound is coming, and a guide that listens to itself is the worse mistake.
    private const float Enough = 0.74f;
    private const float Unsure = 74;
    private const int LeastFrames = 17;

    private static readonly int MostFrames = EchoSpectra.FramesOf(MostSamples);

    private readonly EchoSpectra heard = new(MostFrames);
    private readonly EchoSpectra played = new(MostFrames + Before + After);
    private readonly float[] sound = new float[MostSamples + ((Before + After) * EchoSpectra.Hop)];
    private readonly EchoPath path = new();

    /// <param name="microphone">16 kHz, the newest 300 ms to 1 s; of longer ones the end counts, shorter ones are no echo.</param>
    /// <param name="timestamp">When its last sample came.</param>
    public bool IsEcho(ReadOnlySpan<short> microphone, long timestamp)
    {
        var share = Explained(microphone, timestamp);
        return heard.Frames >= LeastFrames && share > Enough - (Unsure / (heard.Frames * heard.Frames));
    }

    private float Explained(ReadOnlySpan<short> microphone, long timestamp)
    {
        Halve(microphone[Math.Max(0, microphone.Length - (2 * MostSamples))..]);
        if (heard.Frames < LeastFrames || !Recall(timestamp))
        {
            return 0;
        }

        var (delay, best) = (0, 0f);
        for (var candidate = LeastDelay; candidate <= MostDelay; candidate++)
        {
            var coherence = EchoPath.Coherence(heard, played, Before - candidate);
            (delay, best) = coherence > best ? (candidate, coherence) : (delay, best);
        }

        return path.Explained(heard, played, Before - delay);
    }

    private void Halve(ReadOnlySpan<short> microphone)
    {
        var half = new HalfRate();
        for (var i = 0; i < microphone.Length / 2; i++)
        {
            sound[i] = half.Next(microphone[2 * i], microphone[(2 * i) + 1]);
        }

        heard.Take(sound.AsSpan(0, microphone.Length / 2));
    }

    private bool Recall(long timestamp)
    {
        var samples = ((heard.Frames - 1) * EchoSpectra.Hop) + EchoSpectra.Window + ((Before + After) * EchoSpectra.Hop);
        var any = reference.Read(timestamp, After * EchoSpectra.Hop, sound.AsSpan(0, samples));
        played.Take(sound.AsSpan(0, samples));
        return any;
    }
}
