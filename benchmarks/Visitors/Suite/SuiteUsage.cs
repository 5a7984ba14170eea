using System.Diagnostics;

namespace Museum.Benchmarks.Visitors.Suite;

/// <summary>What the processes of a name used within a span of time: memory on average, in megabytes; processor time in cores.</summary>
public sealed record Usage(double Megabytes, double Cores);

/// <summary>Looks at the suite's processes every five seconds.</summary>
public sealed class SuiteUsage(RunningSuite suite)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly List<(TimeSpan At, IReadOnlyList<SuiteProcess> Processes)> samples = [];

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            samples.Add((Stopwatch.GetElapsedTime(started), [.. suite.Processes(), SuiteProcesses.Self()]));
            await Task.Delay(Every, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!cancellationToken.IsCancellationRequested);
        samples.Add((Stopwatch.GetElapsedTime(started), [.. suite.Processes(), SuiteProcesses.Self()]));
    }

    /// <summary>By name of process, from one moment of the watch to another.</summary>
    public SortedDictionary<string, Usage> Between(TimeSpan from, TimeSpan until)
    {
        var within = samples.Where(s => s.At >= from - TimeSpan.FromSeconds(1) && s.At <= until + TimeSpan.FromSeconds(1)).ToArray();
        var usage = new SortedDictionary<string, Usage>(StringComparer.Ordinal);
        foreach (var name in within.SelectMany(s => s.Processes).Select(p => p.Name).Distinct())
        {
            var bytes = within.Average(s => (double)s.Processes.Where(p => p.Name == name).Sum(p => p.ResidentBytes));
            TimeSpan Processor(int sample) => TimeSpan.FromTicks(within[sample].Processes.Where(p => p.Name == name).Sum(p => p.Processor.Ticks));
            usage[name] = new Usage(Math.Round(bytes / 1e6, 1), Math.Round((Processor(within.Length - 1) - Processor(0)) / (within[^1].At - within[0].At), 3));
        }

        return usage;
    }
}
