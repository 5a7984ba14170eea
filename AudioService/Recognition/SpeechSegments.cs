namespace Museum.AudioService.Recognition;

/// <summary>Where somebody speaks in a recording, in samples.</summary>
/// <param name="Continues">The one before it was cut in the middle of speech: both hear what lies between them.</param>
internal readonly record struct SpeechSegment(int Start, int End, bool Continues);

/// <summary>
/// Cuts a recording at its pauses: voice is what is louder than the recording's own noise, so a whisper in a quiet room and a shout in
/// a loud one are both found. Positions are kept, nothing is dropped in between. What is longer than a recogniser hears well is cut at
/// its quietest point.
/// </summary>
internal static class SpeechSegments
{
    private const int Frame = Transcript.SampleRate / 50;

    // A voice is 20 dB below the loudest that this recording has, or more; and well above its noise.
    private const double VoiceBelowPeak = 0.1;
    private const double VoiceAboveNoise = 2;

    // -60 dB of full scale: the noise of a good microphone. Nobody speaks so softly.
    private const double Silence = 0.001 * short.MaxValue;

    // In frames of 20 ms: a pause within a sentence, the breath before and after, the shortest and longest that is heard as one.
    private const int Pause = 25;
    private const int Margin = 10;
    private const int Shortest = 25;
    private const int Longest = 750;
    private const int Overlap = 25;

    /// <param name="pcm">The recording, at <see cref="Transcript.SampleRate"/>.</param>
    /// <returns>In order; none when nobody speaks.</returns>
    public static IReadOnlyList<SpeechSegment> Of(ReadOnlySpan<short> pcm)
    {
        var levels = Levels(pcm);
        if (levels.Length == 0 || levels.Max() < Silence)
        {
            return [];
        }

        var threshold = Threshold(levels);
        var segments = new List<SpeechSegment>();
        foreach (var (first, last) in Voiced(levels, threshold))
        {
            Split(levels, Math.Max(0, first - Margin), Math.Min(levels.Length, last + 1 + Margin), continues: false, segments);
        }

        var length = pcm.Length;
        return [.. segments.Select(s => s with { Start = s.Start * Frame, End = Math.Min(length, s.End * Frame) })];
    }

    private static double[] Levels(ReadOnlySpan<short> pcm)
    {
        var levels = new double[(pcm.Length + Frame - 1) / Frame];
        for (var i = 0; i < levels.Length; i++)
        {
            var frame = pcm[(i * Frame)..Math.Min(pcm.Length, (i + 1) * Frame)];
            double sum = 0, squares = 0;
            foreach (var sample in frame)
            {
                sum += sample;
                squares += (double)sample * sample;
            }

            // Without its mean: a microphone's constant offset is no sound.
            var mean = sum / frame.Length;
            levels[i] = Math.Sqrt(Math.Max(0, (squares / frame.Length) - (mean * mean)));
        }

        return levels;
    }

    private static double Threshold(double[] levels)
    {
        var sorted = levels.Order().ToArray();
        var (noise, peak) = (sorted[sorted.Length / 10], sorted[^Math.Max(1, sorted.Length / 100)]);
        // A recording without a pause has no noise to be seen: what looks like it is the softest of the speech.
        return Math.Max(Silence, Math.Min(peak * VoiceBelowPeak, Math.Max(noise * VoiceAboveNoise, peak * VoiceBelowPeak / 4)));
    }

    private static List<(int First, int Last)> Voiced(double[] levels, double threshold)
    {
        var voiced = new List<(int First, int Last)>();
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] < threshold)
            {
                continue;
            }

            if (voiced.Count > 0 && i - voiced[^1].Last <= Pause)
            {
                voiced[^1] = (voiced[^1].First, i);
            }
            else
            {
                voiced.Add((i, i));
            }
        }

        // Shorter than half a second it is joined to what is near, and heard by itself otherwise: it may be a "why?".
        for (var i = voiced.Count - 1; i > 0; i--)
        {
            var lengths = (Before: voiced[i - 1].Last - voiced[i - 1].First, After: voiced[i].Last - voiced[i].First);
            if (Math.Min(lengths.Before, lengths.After) < Shortest && voiced[i].First - voiced[i - 1].Last < 2 * Pause)
            {
                voiced[i - 1] = (voiced[i - 1].First, voiced[i].Last);
                voiced.RemoveAt(i);
            }
        }

        return voiced;
    }

    private static void Split(double[] levels, int start, int end, bool continues, List<SpeechSegment> segments)
    {
        if (end - start <= Longest)
        {
            segments.Add(new SpeechSegment(start, end, continues));
            return;
        }

        // Somewhere in the second half of what is heard as one; a quiet fifth of a second is better than one quiet frame.
        var cut = Enumerable.Range(start + (Longest / 2), Longest / 2 - Overlap).MinBy(i => levels[(i - 5)..(i + 5)].Sum());
        segments.Add(new SpeechSegment(start, cut + Overlap, continues));
        Split(levels, cut - Overlap, end, continues: true, segments);
    }
}
