namespace Museum.AudioService.Tests;

/// <summary>How high a voice is: the lag at which its sound repeats, frame by frame.</summary>
internal static class Voicing
{
    private const double Lowest = 60;
    private const double Highest = 450;

    /// <summary>Of the frames of 40 ms that repeat themselves clearly.</summary>
    public static double MedianHertz(short[] pcm, int sampleRate)
    {
        var frames = pcm.Chunk(sampleRate / 25).Where(f => f.Length == sampleRate / 25).Select(f => Hertz(f, sampleRate)).OfType<double>().Order().ToArray();
        return frames[frames.Length / 2];
    }

    private static double? Hertz(short[] frame, int sampleRate)
    {
        var energy = Correlation(frame, 0);
        if (energy / frame.Length < 300 * 300)
        {
            return null;
        }

        var lags = Enumerable.Range((int)(sampleRate / Highest), (int)(sampleRate / Lowest) - (int)(sampleRate / Highest)).ToArray();
        // A longer lag compares less of the frame.
        var likeness = lags.Select(lag => Correlation(frame, lag) / energy * frame.Length / (frame.Length - lag)).ToArray();
        // The first lag that is nearly as good as the best: twice a period repeats as well as a period.
        var best = likeness.Max();
        if (best <= 0.5)
        {
            return null;
        }

        var first = Array.FindIndex(likeness, l => l > 0.85 * best);
        while (first + 1 < likeness.Length && likeness[first + 1] > likeness[first])
        {
            first++;
        }

        return sampleRate / (double)lags[first];
    }

    private static double Correlation(short[] frame, int lag)
    {
        double sum = 0;
        for (var i = 0; i + lag < frame.Length; i++)
        {
            sum += (double)frame[i] * frame[i + lag];
        }

        return sum;
    }
}
