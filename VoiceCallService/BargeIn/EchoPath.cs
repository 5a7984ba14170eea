using System.Numerics;

namespace Museum.VoiceCallService.BargeIn;

/// <summary>
/// How much of what a microphone hears a loudspeaker and a room can have made of what was played: per frequency the linear filter over the
/// last windows that explains most of it (least squares by LDLᴴ; the "convolutive transfer function" of acoustic echo cancellation, e.g. R.
/// Talmon, I. Cohen and S. Gannot, IEEE Trans. Audio Speech Lang. Process. 17(4), 2009), eight frequencies at a time.
/// </summary>
internal sealed class EchoPath
{
    /// <summary>Windows that one window of the microphone is made of: 112 ms of room, and one before, since delays are no multiples of a hop.</summary>
    public const int Taps = 8;

    // Where speech is strongest: enough to find the delay by.
    private const int SearchedBins = EchoSpectra.Bins / 2;

    // Keeps the filter from explaining what it only fits by chance where little was played.
    private const float Ridge = 0.01f;

    private readonly Vector<float>[] gramReal = new Vector<float>[Taps * Taps];
    private readonly Vector<float>[] gramImaginary = new Vector<float>[Taps * Taps];
    private readonly Vector<float>[] crossReal = new Vector<float>[Taps];
    private readonly Vector<float>[] crossImaginary = new Vector<float>[Taps];

    /// <summary>How well one tap explains the microphone: the coherence at this offset, 0 to 1.</summary>
    /// <param name="microphone">What was heard.</param>
    /// <param name="played">What was played.</param>
    /// <param name="offset">The window of it that belongs to the microphone's first.</param>
    public static float Coherence(EchoSpectra microphone, EchoSpectra played, int offset)
    {
        var (explained, all) = (0f, 1e-12f);
        for (var bin = 0; bin + Vector<float>.Count <= SearchedBins; bin += Vector<float>.Count)
        {
            var (real, imaginary, power, energy) = (Vector<float>.Zero, Vector<float>.Zero, new Vector<float>(1e-9f), Vector<float>.Zero);
            for (var frame = 0; frame < microphone.Frames; frame++)
            {
                var (re, im) = At(microphone, frame, bin);
                var (a, b) = At(played, frame + offset, bin);
                real += (a * re) + (b * im);
                imaginary += (a * im) - (b * re);
                power += (a * a) + (b * b);
                energy += (re * re) + (im * im);
            }

            explained += Vector.Sum(((real * real) + (imaginary * imaginary)) / power);
            all += Vector.Sum(energy);
        }

        return explained / all;
    }

    /// <summary>The share of the microphone's energy that a filter of all taps explains.</summary>
    /// <returns>0 (none) to 1 (all); what so many taps explain by chance is taken off, so it may be below 0.</returns>
    /// <param name="microphone">What was heard.</param>
    /// <param name="played">What was played.</param>
    /// <param name="offset">The window of it that belongs to the microphone's first; at least <see cref="Taps"/> - 2.</param>
    public float Explained(EchoSpectra microphone, EchoSpectra played, int offset)
    {
        var (explained, all) = (0f, 1e-12f);
        for (var bin = 0; bin + Vector<float>.Count <= EchoSpectra.Bins; bin += Vector<float>.Count)
        {
            var energy = Gather(microphone, played, offset + 1, bin);
            explained += Vector.Sum(Vector.Min(energy, Solve()));
            all += Vector.Sum(energy);
        }

        // Neighbouring windows share half of their sound: a third of them tells nothing new.
        var free = microphone.Frames * 0.67f;
        return free <= Taps + 1 ? 0 : 1 - ((1 - (explained / all)) * free / (free - Taps));
    }

    private Vector<float> Gather(EchoSpectra microphone, EchoSpectra played, int newest, int bin)
    {
        gramReal.AsSpan().Clear();
        gramImaginary.AsSpan().Clear();
        crossReal.AsSpan().Clear();
        crossImaginary.AsSpan().Clear();
        var energy = Vector<float>.Zero;
        for (var frame = 0; frame < microphone.Frames; frame++)
        {
            var (re, im) = At(microphone, frame, bin);
            energy += (re * re) + (im * im);
            for (var i = 0; i < Taps; i++)
            {
                var (a, b) = At(played, frame + newest - i, bin);
                crossReal[i] += (a * re) + (b * im);
                crossImaginary[i] += (a * im) - (b * re);
                for (var j = 0; j <= i; j++)
                {
                    var (c, d) = At(played, frame + newest - j, bin);
                    gramReal[(i * Taps) + j] += (a * c) + (b * d);
                    gramImaginary[(i * Taps) + j] += (a * d) - (b * c);
                }
            }
        }

        return energy;
    }

    /// <summary>bᴴA⁻¹b by LDLᴴ in place: the energy that the best filter explains.</summary>
    private Vector<float> Solve()
    {
        var trace = Vector<float>.Zero;
        for (var i = 0; i < Taps; i++)
        {
            trace += gramReal[(i * Taps) + i];
        }

        var (ridge, explained) = ((trace * (Ridge / Taps)) + new Vector<float>(1e-9f), Vector<float>.Zero);
        for (var i = 0; i < Taps; i++)
        {
            var row = i * Taps;
            gramReal[row + i] += ridge;
            for (var j = 0; j < i; j++)
            {
                // What the columns before have in common with this one is out of it already.
                var (re, im, pivot) = (gramReal[row + j], gramImaginary[row + j], gramReal[(j * Taps) + j]);
                var (l, m) = (re / pivot, im / pivot);
                for (var k = j + 1; k <= i; k++)
                {
                    var (c, d) = (gramReal[(k * Taps) + j], gramImaginary[(k * Taps) + j]);
                    (c, d) = k == i ? (re, im) : (c * pivot, d * pivot);
                    gramReal[row + k] -= (l * c) + (m * d);
                    gramImaginary[row + k] -= (m * c) - (l * d);
                }

                (gramReal[row + j], gramImaginary[row + j]) = (l, m);
                var (x, y) = (crossReal[j], crossImaginary[j]);
                crossReal[i] -= (l * x) - (m * y);
                crossImaginary[i] -= (l * y) + (m * x);
            }

            explained += ((crossReal[i] * crossReal[i]) + (crossImaginary[i] * crossImaginary[i])) / gramReal[row + i];
        }

        return explained;
    }

    private static (Vector<float> Real, Vector<float> Imaginary) At(EchoSpectra spectra, int frame, int bin)
    {
        var at = (frame * EchoSpectra.Bins) + bin;
        return (new Vector<float>(spectra.Real, at), new Vector<float>(spectra.Imaginary, at));
    }
}
