using System.Globalization;
using Museum.Benchmarks.Visitors.Figures;

namespace Museum.Benchmarks.Call.Figures;

/// <summary>The result as tables for people.</summary>
internal static class Report
{
    public static void Write(CallResult result, TextWriter output)
    {
        output.WriteLine(result.Machine);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Calls} calls at once, each asking every {result.EverySeconds} s, {result.Minutes} min for each scenario. Coughs are {result.Coughs}. The machine's load before: {result.LoadBefore}."));
        output.WriteLine($"The first question after the start, which is not counted: {result.FirstOfAllMs?.ToString("F0", CultureInfo.InvariantCulture) ?? "no voice within 8000"} ms.");
        foreach (var scenario in result.Scenarios)
        {
            Write(scenario, output);
        }
    }

    private static void Write(ScenarioResult s, TextWriter output)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        void Row(string name, Spread? spread) =>
            output.WriteLine(spread is null ? $"  {name,-44}none" : string.Create(CultureInfo.InvariantCulture, $"  {name,-44}{spread.Count,8}{spread.P50,10:F1}{spread.P95,10:F1}{spread.P99,10:F1}{spread.Max,10:F1}"));

        Line($"\n== {s.Scenario}: {s.Questions} questions, {s.RightExhibit} answered about the right exhibit, {s.CutOff} cut off before their end, {s.UnaskedTurns} turns more than questions");
        Line($"  errors: {s.Errors.Values.Sum()}{Listed(s.Errors)}; sound ran out {s.Underruns} times in mid-sentence");
        Line($"  {"milliseconds",-44}{"count",8}{"p50",10}{"p95",10}{"p99",10}{"max",10}");
        Row("end of speech to first audio", s.Stages.EndOfSpeechToAudio);
        Row("of it, end_of_turn", s.Stages.EndOfTurn);
        Row("transcript", s.Stages.Transcript);
        Row("first_text", s.Stages.FirstText);
        Row("first_audio", s.Stages.FirstAudio);
        if (s.Interruptions is { } interruptions)
        {
            Line($"  interruptions granted: {interruptions.Granted} of {interruptions.Count}");
            Row("onset to voice paused", interruptions.OnsetToPaused);
            Row("onset to turn cancelled", interruptions.OnsetToEnded);
        }

        foreach (var (kind, d) in s.Disturbances ?? [])
        {
            Line($"  {kind + ": " + d.Count,-16}{d.Ignored,4} ignored {d.Resumed,4} paused and resumed {d.Froze,4} silent for longer {d.Killed,4} killed");
            Row("  silent for it", d.SilentMs);
        }

        if (s.Reconnections is { } reconnections)
        {
            Line($"  broken calls that went on: {reconnections.WentOn} of {reconnections.Count}{Listed(reconnections.Failures)}");
            Row("back on the line", reconnections.BackMs);
        }

        foreach (var (service, spread) in s.SpansAfterInterruption)
        {
            Row($"a turn's last span after TURN_ENDED, {service}", spread);
        }

        Row("microphone late (this benchmark), by second", s.MicrophoneLateMs);
        foreach (var (name, value) in s.VoiceActivity)
        {
            Line($"  {name,-44}{value,8:F3}");
        }

        WriteMinutes(s, output);
        foreach (var goal in s.Goals)
        {
            output.WriteLine($"  {goal}");
        }
    }

    private static void WriteMinutes(ScenarioResult result, TextWriter output)
    {
        void Cells(string name, Func<Minute, string> cell) => output.WriteLine($"  {name,-44}{string.Concat(result.PerMinute.Select(m => $"{cell(m),14}"))}");
        string Number(double? value) => value?.ToString("F0", CultureInfo.InvariantCulture) ?? "-";

        Cells("minute", m => Number(m.Number));
        Cells("questions", m => Number(m.Questions));
        Cells("end of speech to first audio, p95 ms", m => Number(m.EndOfSpeechToAudio?.P95));
        foreach (var name in result.PerMinute.SelectMany(m => m.Usage.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Cells(name, m => m.Usage.TryGetValue(name, out var u) ? $"{Number(u.Megabytes)} MB {Number(100 * u.Cores)} %" : "-");
        }

        Cells("memory of the suite, % of a core by all", m => $"{Number(m.Megabytes)} MB {Number(100 * m.Cores)} %");
    }

    private static string Listed(SortedDictionary<string, int> counts) => counts.Count == 0 ? "" : $" ({string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))})";
}
