namespace Museum.Benchmarks.Visitors.Figures;

public static class Percentile
{
    /// <summary>The nearest-rank percentile; NaN of nothing.</summary>
    public static double Of(IReadOnlyCollection<double> values, int percent) => values.Count == 0
        ? double.NaN
        : values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * percent / 100d) - 1));
}
