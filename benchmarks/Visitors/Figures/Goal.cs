using System.Globalization;

namespace Museum.Benchmarks.Visitors.Figures;

/// <summary>What was to be reached, and what was.</summary>
public sealed record Goal(string What, double AtMost, double Was)
{
    public bool Met => Was <= AtMost;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Met ? "met   " : "MISSED")}  {What}: {Was:0.##} (at most {AtMost:0.##})");
}
