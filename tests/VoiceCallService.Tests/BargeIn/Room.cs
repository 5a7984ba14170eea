using Museum.AudioService.Sound;

namespace Museum.VoiceCallService.Tests.BargeIn;

/// <summary>What a loudspeaker and a room make of sound at 16 kHz, and what a hall adds.</summary>
internal static class Room
{
    /// <param name="played">By the loudspeaker.</param>
    /// <param name="reverberation">Seconds until the room has fallen by 60 dB: noise that decays exponentially (Moorer 1979).</param>
    /// <param name="direct">dB of the direct sound above all of the room.</param>
    /// <param name="random">Which room.</param>
    public static float[] Echo(float[] played, double reverberation, double direct, Random random)
    {
        var response = new float[(int)(reverberation * EchoScene.Rate)];
        for (var i = 40; i < response.Length; i++)
        {
            response[i] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * Math.Pow(10, -3.0 * i / response.Length));
        }

        response[0] = (float)Math.Sqrt(response.Sum(s => s * s) * Math.Pow(10, direct / 10));
        Loudspeaker(response);
        return Convolve(played, response);
    }

    /// <summary>Pink, -3 dB per octave (Kellet's filter).</summary>
    public static float[] Pink(int samples, Random random)
    {
        double b0 = 0, b1 = 0, b2 = 0;
        var noise = new float[samples];
        for (var i = 0; i < samples; i++)
        {
            var white = (2 * random.NextDouble()) - 1;
            b0 = (0.99765 * b0) + (white * 0.0990460);
            b1 = (0.96300 * b1) + (white * 0.2965164);
            b2 = (0.57000 * b2) + (white * 1.0526913);
            noise[i] = (float)(b0 + b1 + b2 + (white * 0.1848));
        }

        return noise;
    }

    private static void Loudspeaker(float[] response)
    {
        double low = 0, high = 0, before = 0;
        for (var i = 0; i < response.Length; i++)
        {
            low += 0.85 * (response[i] - low);
            high = 0.89 * (high + low - before);
            (before, response[i]) = (low, (float)high);
        }
    }

    private static float[] Convolve(float[] a, float[] b)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(a.Length + b.Length));
        var fourier = new Fourier(size);
        var (re, im, c, d) = (new float[size], new float[size], new float[size], new float[size]);
        a.CopyTo(re, 0);
        b.CopyTo(c, 0);
        fourier.Forward(re, im);
        fourier.Forward(c, d);
        for (var i = 0; i < size; i++)
        {
            (re[i], im[i]) = ((re[i] * c[i]) - (im[i] * d[i]), (re[i] * d[i]) + (im[i] * c[i]));
        }

        fourier.Backward(re, im);
        return [.. re.Take(a.Length + b.Length).Select(s => s / size)];
    }
}
