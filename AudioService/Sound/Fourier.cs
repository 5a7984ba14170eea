using System.Runtime.CompilerServices;

namespace Museum.AudioService.Sound;

/// <summary>The discrete Fourier transform of one power-of-two size, in place, radix 2 (Cooley and Tukey 1965). Not for two threads at once.</summary>
internal sealed class Fourier
{
    private readonly int size;
    private readonly int[] reversed;
    private readonly float[] cosines;
    private readonly float[] sines;

    /// <param name="size">A power of two.</param>
    public Fourier(int size)
    {
        this.size = size;
        var bits = int.Log2(size);
        reversed = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, bits).Sum(b => (i >> b & 1) << (bits - 1 - b)))];
        cosines = [.. Enumerable.Range(0, size / 2).Select(i => MathF.Cos(2 * MathF.PI * i / size))];
        sines = [.. Enumerable.Range(0, size / 2).Select(i => -MathF.Sin(2 * MathF.PI * i / size))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Span<float> real, Span<float> imaginary)
    {
        for (var i = 0; i < size; i++)
        {
            var j = reversed[i];
            if (j > i)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        for (var half = 1; half < size; half *= 2)
        {
            var stride = size / (2 * half);
            for (var start = 0; start < size; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (c, s) = (cosines[k * stride], sines[k * stride]);
                    var (a, b) = (start + k, start + k + half);
                    var (re, im) = ((real[b] * c) - (imaginary[b] * s), (real[b] * s) + (imaginary[b] * c));
                    (real[b], imaginary[b]) = (real[a] - re, imaginary[a] - im);
                    (real[a], imaginary[a]) = (real[a] + re, imaginary[a] + im);
                }
            }
        }
    }

    /// <summary>Without the division by the size.</summary>
    public void Backward(Span<float> real, Span<float> imaginary) => Forward(imaginary, real);
}
