using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Museum.AudioService.Sound;

/// <summary>
/// Changes the sample rate of a stream: polyphase windowed sinc (Kaiser, β 9), cut off below the lower Nyquist frequency, the
/// filter's delay taken out, so that a time t stays the time t. Source: J. O. Smith, "Digital Audio Resampling", CCRMA.
/// </summary>
internal sealed class Resampler
{
    // Input samples on each side that one output sample is made of, at equal or rising rates. 24 gives about 80 dB.
    private const int HalfTaps = 24;
    private const double Beta = 9;

    // Share of the lower Nyquist frequency that passes: the rest is the filter's slope.
    private const double PassBand = 0.92;

    // One entry per pair of rates ever asked for; the API allows a handful of rates.
    private static readonly ConcurrentDictionary<(int Up, int Down), float[][]> Filters = new();

    private readonly int up;
    private readonly int down;
    private readonly int half;
    private readonly float[][] phases;
    private readonly List<float> history = [];
    private long firstKept;
    private long received;
    private long emitted;

    public Resampler(int from, int to)
    {
        var common = (int)BigInteger.GreatestCommonDivisor(from, to);
        (up, down) = (to / common, from / common);
        half = Half(up, down);
        phases = Filters.GetOrAdd((up, down), static key => Design(key.Up, key.Down));
        // Silence before the first sample.
        history.AddRange(Enumerable.Repeat(0f, half));
        firstKept = -half;
    }

    private bool Passes => up == down;

    /// <summary>The output that these samples complete.</summary>
    public float[] Push(float[] samples)
    {
        if (Passes)
        {
            return samples;
        }

        history.AddRange(samples);
        received += samples.Length;
        return Drain(received - half);
    }

    /// <summary>The rest, as if silence followed.</summary>
    public float[] Finish()
    {
        if (Passes)
        {
            return [];
        }

        history.AddRange(Enumerable.Repeat(0f, half + 1));
        return Drain(received);
    }

    // Compiled well at once, as all loops over samples: the first sentences after a start would wait 10 ms for the slow code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float[] Drain(long before)
    {
        var output = new List<float>();
        var kept = CollectionsMarshal.AsSpan(history);
        for (; emitted * down / up < before; emitted++)
        {
            var at = emitted * down;
            var taps = phases[at % up];
            output.Add(Dot(kept.Slice((int)((at / up) - half + 1 - firstKept), taps.Length), taps));
        }

        var spent = (int)((emitted * down / up) - half + 1 - firstKept);
        if (spent > 0)
        {
            history.RemoveRange(0, spent);
            firstKept += spent;
        }

        return [.. output];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        var dot = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            dot += a[i] * b[i];
        }

        return dot;
    }

    private static int Half(int up, int down) => HalfTaps * Math.Max(up, down) / up;

    private static float[][] Design(int up, int down)
    {
        var half = Half(up, down);
        var cutoff = PassBand * Math.Min(1.0, (double)up / down);
        var phases = new float[up][];
        for (var phase = 0; phase < up; phase++)
        {
            var taps = new double[2 * half];
            for (var i = 0; i < taps.Length; i++)
            {
                var t = i - half + 1 - ((double)phase / up);
                taps[i] = Sinc(cutoff * t) * Kaiser(t / half);
            }

            // Every phase lets a constant through unchanged, or the phases would beat.
            var sum = taps.Sum();
            phases[phase] = [.. taps.Select(tap => (float)(tap / sum))];
        }

        return phases;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - (x * x))) / Bessel(Beta);

    /// <summary>I₀, the modified Bessel function of the first kind, by its power series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
