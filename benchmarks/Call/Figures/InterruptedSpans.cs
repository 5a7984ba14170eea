using Museum.Benchmarks.Visitors.Figures;
using Museum.TestKit;

namespace Museum.Benchmarks.Call.Figures;

/// <summary>How long every service still worked for a turn after its client was told TURN_ENDED{interrupted}: by its spans.</summary>
internal static class InterruptedSpans
{
    /// <summary>Spans come half a second after their end, those of the last turn too.</summary>
    private static readonly TimeSpan LastBatch = TimeSpan.FromSeconds(2);

    /// <returns>By service, and of all: milliseconds from TURN_ENDED to the end of the turn's last span, negative where all was over before.</returns>
    public static async Task<SortedDictionary<string, Spread>> OfAsync(OtlpReceiver receiver, Findings findings)
    {
        if (findings.InterruptedTurns.IsEmpty)
        {
            return [];
        }

        await Task.Delay(LastBatch);
        var all = receiver.Spans;
        var after = new Dictionary<string, List<double>>();
        foreach (var (session, turn, at) in findings.InterruptedTurns)
        {
            var spans = all.OfTurn(session, turn);
            foreach (var service in spans.GroupBy(s => s.Service).Append(spans.GroupBy(_ => "all").FirstOrDefault()).OfType<IGrouping<string, ReceivedSpan>>())
            {
                var last = service.Max(s => s.EndUnixNs);
                (after.TryGetValue(service.Key, out var list) ? list : after[service.Key] = []).Add((last - at) / 1e6);
            }
        }

        return new(after.ToDictionary(a => a.Key, a => Spread.Of(a.Value)!));
    }
}
