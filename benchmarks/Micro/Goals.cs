using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Reports;

namespace Museum.Benchmarks.Micro;

internal static class Goals
{
    /// <summary>Writes each goal beside what was measured.</summary>
    /// <returns>False: a goal was missed, a benchmark failed, or none ran.</returns>
    public static bool Met(IEnumerable<Summary> summaries, TextWriter output)
    {
        var reports = summaries.SelectMany(s => s.Reports).ToArray();
        var met = reports.Length > 0;
        foreach (var report in reports)
        {
            var method = report.BenchmarkCase.Descriptor.WorkloadMethod;
            var name = $"{method.DeclaringType!.Name}.{method.Name}";
            if (report.ResultStatistics?.Mean is not { } mean)
            {
                output.WriteLine($"{name,-60} did not run");
                met = false;
                continue;
            }

            var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
            var goal = method.GetCustomAttribute<GoalAttribute>();
            var missed = goal is not null && (mean > goal.Nanoseconds || bytes > goal.Bytes);
            var said = goal is null ? "" : string.Create(CultureInfo.InvariantCulture, $"   goal {goal.Nanoseconds:F0} ns, {goal.Bytes} bytes{(missed ? ": MISSED" : "")}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60}{mean,10:F1} ns{bytes,7} bytes{said}"));
            met &= !missed;
        }

        return met;
    }
}
