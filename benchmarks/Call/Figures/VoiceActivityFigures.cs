using System.Globalization;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Call.Figures;

/// <summary>What VoiceCallService says of its voice activity at <c>/metrics</c>: histograms as the mean and the p95 of a span of time, in milliseconds.</summary>
internal sealed class VoiceActivityFigures(RunningSuite suite)
{
    private const string Family = "museum_vad_";
    private const string Windows = "museum_vad_window_seconds";
    private const string Cpu = "museum_vad_thread_cpu_ms";
    private const string At = "read_at_ms";
    private const double WindowMs = 32;

    // VoiceActivityEngine's one thread; Linux keeps 15 characters of a name.
    private const string Thread = "voice activity";

    public async Task<Dictionary<string, double>> ReadAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync($"{suite.Variable("VoiceCallService", "Kestrel__Endpoints__http__Url")}/metrics", cancellationToken);
        var values = new Dictionary<string, double>();
        // museum_vad_window_seconds_bucket{otel_scope_name="…",le="0.005"} 12 1700000000000
        foreach (var line in page.Split('\n').Where(l => l.StartsWith(Family, StringComparison.Ordinal)))
        {
            var name = line[..line.IndexOfAny(['{', ' '])];
            var bound = line.Contains("le=\"", StringComparison.Ordinal) ? line.Split("le=\"")[1].Split('"')[0] : "";
            var value = line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[line.Contains('}') ? 0 : 1];
            values[name + bound] = values.GetValueOrDefault(name + bound) + double.Parse(value, CultureInfo.InvariantCulture);
        }

        values[At] = Environment.TickCount64;
        values[Cpu] = SuiteProcesses.ThreadOf(suite.Processes().First(p => p.Name == "VoiceCallService").Id, Thread).TotalMilliseconds;
        return values;
    }

    /// <summary>What was measured between two readings, with so many microphones open.</summary>
    public static SortedDictionary<string, double> Between(Dictionary<string, double> before, Dictionary<string, double> after, int calls)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        double Grown(string name) => after.GetValueOrDefault(name) - before.GetValueOrDefault(name);
        foreach (var name in after.Keys.Where(k => k.EndsWith("_count", StringComparison.Ordinal)).Select(k => k[..^"_count".Length]))
        {
            if (Grown(name + "_count") <= 0)
            {
                continue;
            }

            figures[$"{name}, mean ms"] = Math.Round(1_000 * Grown(name + "_sum") / Grown(name + "_count"), 3);
            var bounds = after.Keys.Where(k => k.StartsWith(name + "_bucket", StringComparison.Ordinal)).Select(k => (Key: k, Bound: k[(name + "_bucket").Length..]))
                .Where(b => b.Bound != "+Inf").Select(b => (b.Key, Bound: double.Parse(b.Bound, CultureInfo.InvariantCulture))).OrderBy(b => b.Bound);
            figures[$"{name}, p95 ms at most"] = 1_000 * bounds.Where(b => Grown(b.Key) >= 0.95 * Grown(name + "_count")).Select(b => b.Bound).FirstOrDefault(double.PositiveInfinity);
        }

        if (Grown(Windows + "_count") is > 0 and var judged)
        {
            figures["CPU ms of the voice activity thread, a window judged"] = Math.Round(Grown(Cpu) / judged, 4);
            // Windows no louder than the room are not judged.
            figures["CPU ms of the voice activity thread, a window heard"] = Math.Round(Grown(Cpu) / (calls * Grown(At) / WindowMs), 4);
        }

        return figures;
    }
}
