using System.Runtime.InteropServices;

namespace Museum.Benchmarks.Visitors.Figures;

/// <summary>Where figures were taken: without it they say nothing.</summary>
public sealed record Machine(string Date, int Cores, string Processor, string Runtime)
{
    public static Machine Here { get; } = new(
        DateTime.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Environment.ProcessorCount,
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor",
        RuntimeInformation.FrameworkDescription);

    public override string ToString() => $"{Date}, {Cores} cores, {Processor}, {Runtime}";
}
