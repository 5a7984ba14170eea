using System.Numerics;
using System.Runtime.InteropServices;

namespace Museum.TextService.Retrieval;

/// <summary>Vectors of length 1, of which the product is the cosine of the angle between them.</summary>
internal static class UnitVector
{
    public static float[] Of(float[] vector)
    {
        var length = MathF.Sqrt(Dot(vector, vector));
        return length > 0 ? [.. vector.Select(v => v / length)] : vector;
    }

    /// <summary>The direction that vectors of one model have in common.</summary>
    public static float[] Mean(IReadOnlyList<float[]> vectors)
    {
        var sum = new float[vectors.Max(v => v.Length)];
        foreach (var vector in vectors)
        {
            for (var i = 0; i < vector.Length; i++)
            {
                sum[i] += vector[i];
            }
        }

        return Of(sum);
    }

    /// <summary>1 for the same direction, 0 for nothing in common; 0 also for vectors of different models.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
        {
            return 0;
        }

        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < wideA.Length; i++)
        {
            sum += wideA[i] * wideB[i];
        }

        var total = Vector.Sum(sum);
        for (var i = wideA.Length * Vector<float>.Count; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}
