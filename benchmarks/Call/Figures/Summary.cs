using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Call.Figures;

/// <summary>Makes figures of findings.</summary>
internal static class Summary
{
    /// <summary>Level: a collector's sawtooth stays within this.</summary>
    private const double LevelFactor = 1.1;

    public static ScenarioResult Of(
        string scenario, CallOptions options, Findings findings, SuiteUsage usage, SortedDictionary<string, double> voiceActivity, SortedDictionary<string, Spread> spans)
    {
        Asked[] asked = [.. findings.Asked];
        var minutes = Enumerable.Range(0, (int)Math.Ceiling(options.Minutes)).Select(i => MinuteOf(i, asked, usage)).ToArray();
        var result = new ScenarioResult(
            scenario, asked.Length, asked.Count(a => a.RightExhibit), asked.Count(a => a.CutOff), findings.Unasked,
            Count(asked.Select(a => a.Failure).OfType<string>().Concat(findings.Errors)),
            new Stages(Latency(asked), Of(asked, a => a.EndOfTurnMs), Of(asked, a => a.TranscriptMs), Of(asked, a => a.FirstTextMs), Of(asked, a => a.ServerFirstAudioMs)),
            scenario == "interruptions" ? OfInterruptions([.. findings.Interruptions]) : null,
            scenario == "noises" ? OfDisturbances([.. findings.Disturbed]) : null,
            scenario == "disconnects" ? OfReconnections([.. findings.Reconnections]) : null,
            spans, minutes, voiceActivity, findings.Underruns, Spread.Of(findings.LateMs), []);
        return result with { Goals = [.. Goals(result, options)] };
    }

    private static IEnumerable<Goal> Goals(ScenarioResult result, CallOptions options)
    {
        yield return new("errors", 0, result.Errors.Values.Sum());
        if (result.Scenario == "questions" && options.Calls == 1)
        {
            yield return Latest("end of speech to first audio, one call, p50 in ms", 650, result.Stages.EndOfSpeechToAudio?.P50);
            yield return Latest("end of speech to first audio, one call, p95 in ms", 900, result.Stages.EndOfSpeechToAudio?.P95);
        }
        else if (result.Scenario == "questions" && options.Calls <= 20)
        {
            yield return Latest("end of speech to first audio, up to 20 calls, p95 in ms", 1_200, result.Stages.EndOfSpeechToAudio?.P95);
        }

        if (result.Interruptions is { } interruptions)
        {
            yield return Latest("onset to voice paused, p95 in ms", 400, interruptions.OnsetToPaused?.P95);
            yield return Latest("onset to turn cancelled, p95 in ms", 1_000, interruptions.OnsetToEnded?.P95);
            yield return Latest("interruptions not granted, in %", 2, interruptions.Count == 0 ? null : 100d * (interruptions.Count - interruptions.Granted) / interruptions.Count);
        }

        if (result.Disturbances is { Count: > 0 } disturbances)
        {
            yield return new("answers killed by a disturbance", 0, disturbances.Values.Sum(d => d.Killed));
            yield return new("answers silent for more than 2 s after one", 0, disturbances.Values.Sum(d => d.Froze));
        }

        if (result.Reconnections is { } reconnections)
        {
            yield return new("broken calls that did not go on", 0, reconnections.Count - reconnections.WentOn);
        }

        if (result.PerMinute.Count > 2)
        {
            yield return new("memory of the last minute over that of the second", LevelFactor, Math.Round(result.PerMinute[^1].Megabytes / result.PerMinute[1].Megabytes, 3));
        }
    }

    private static Goal Latest(string what, double atMost, double? was) => new(what, atMost, was ?? double.PositiveInfinity);

    private static Spread? Latency(IEnumerable<Asked> asked) => Of(asked.Where(a => !a.CutOff), a => a.FirstAudioMs);

    private static Spread? Of(IEnumerable<Asked> asked, Func<Asked, double?> of) => Spread.Of(asked.Select(of).OfType<double>());

    private static Interruptions OfInterruptions(Interruption[] all) => new(
        all.Length, all.Count(i => i.Granted), Spread.Of(all.Select(i => i.PausedMs).OfType<double>()), Spread.Of(all.Select(i => i.EndedMs).OfType<double>()));

    private static SortedDictionary<string, Disturbances> OfDisturbances(Disturbed[] all) => new(all.GroupBy(d => d.Kind).ToDictionary(g => g.Key, g => new Disturbances(
        g.Count(), g.Count(d => d.Fate == Fate.Ignored), g.Count(d => d.Fate == Fate.Resumed), g.Count(d => d.Fate == Fate.Froze), g.Count(d => d.Fate == Fate.Killed),
        Spread.Of(g.Select(d => d.SilentMs).OfType<double>()))));

    private static Reconnections OfReconnections(Reconnection[] all) => new(
        all.Length, all.Count(r => r.WentOn), Spread.Of(all.Select(r => r.BackMs).OfType<double>()), Count(all.Select(r => r.Failure).OfType<string>()));

    private static Minute MinuteOf(int index, Asked[] asked, SuiteUsage usage)
    {
        var (from, until) = (TimeSpan.FromMinutes(index), TimeSpan.FromMinutes(index + 1));
        var within = asked.Where(a => a.At >= from && a.At < until).ToArray();
        return new Minute(index + 1, within.Length, within.Count(a => a.Failure is not null), Latency(within), usage.Between(from, until));
    }

    private static SortedDictionary<string, int> Count(IEnumerable<string> words) => new(words.GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count()));
}
