namespace Museum.Benchmarks.Visitors.Figures;

/// <summary>How values are spread; null where there were none.</summary>
public sealed record Spread(int Count, double P50, double P95, double P99, double Max)
{
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double At(int percent) => Math.Round(Percentile.Of(sorted, percent), 1);
        return sorted.Length == 0 ? null : new Spread(sorted.Length, At(50), At(95), At(99), Math.Round(sorted[^1], 1));
    }
}
