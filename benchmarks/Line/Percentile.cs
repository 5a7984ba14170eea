namespace Museum.Benchmarks.Line;

internal static class Percentile
{
    /// <summary>The nearest-rank percentile.</summary>
    public static double Of(IReadOnlyList<double> values, int percent) =>
        values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * percent / 100d) - 1));
}
