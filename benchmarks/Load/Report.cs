using System.Globalization;
using Museum.Benchmarks.Visitors.Figures;

namespace Museum.Benchmarks.Load;

/// <summary>The result as a table for people.</summary>
internal static class Report
{
    public static void Write(LoadResult result, TextWriter output)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        void Row(string name, Spread? spread) =>
            output.WriteLine(spread is null ? $"  {name,-32}none" : string.Create(CultureInfo.InvariantCulture, $"  {name,-32}{spread.Count,8}{spread.P50,10:F1}{spread.P95,10:F1}{spread.P99,10:F1}{spread.Max,10:F1}"));

        Line($"{result.Machine}");
        Line($"{result.Visitors} visitors, each asking every {result.EverySeconds} s, for {result.Minutes} min, each over a socket of their own, with voice and face.");
        Line($"Popularity: {result.Popularity}.");
        Line($"{result.Questions} questions, {result.Errors.Values.Sum()} errors{Listed(result.Errors)}, {result.WithoutVoice.Values.Sum()} answers without voice{Listed(result.WithoutVoice)}.");
        Line($"\n{"milliseconds",-34}{"count",8}{"p50",10}{"p95",10}{"p99",10}{"max",10}");
        foreach (var (language, times) in result.Times)
        {
            Row($"first text, {language}", times.FirstText);
            Row($"written, {language}", times.Written);
            Row($"first sound, {language}", times.FirstAudio);
        }

        Line($"stages");
        Row("audio_to_text", result.Stages.AudioToText);
        Row("text_to_response", result.Stages.TextToResponse);
        Row("response_to_audio", result.Stages.ResponseToAudio);
        Row("audio_to_track", result.Stages.AudioToTrack);
        Row("of it, one broker hop", result.Stages.BrokerHop);
        Line($"kinds, while nobody else asks");
        Row("single sentence, spoken", result.Kinds.SingleSentence);
        Row("batch of 20 questions", result.Kinds.Batch);
        Row("streaming, first sound", result.Kinds.Streaming);
        Row("end to end, read, heard, seen", result.Kinds.EndToEnd);
        WriteMinutes(result, output);
        Line($"generator: {result.Generator.FramesPerSecond} frames/s, questions late by p95 {result.Generator.LateMs?.P95} ms");
        Line($"");
        foreach (var goal in result.Goals)
        {
            output.WriteLine(goal);
        }
    }

    private static void WriteMinutes(LoadResult result, TextWriter output)
    {
        void Cells(string name, Func<Minute, string> cell) =>
            output.WriteLine($"  {name,-32}{string.Concat(result.PerMinute.Select(m => $"{cell(m),14}"))}");
        string Number(double? value, string format = "F0") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

        output.WriteLine();
        Cells("minute", m => Number(m.Number));
        Cells("questions", m => Number(m.Questions));
        Cells("errors", m => Number(m.Errors));
        Cells("without voice", m => Number(m.WithoutVoice));
        Cells("written, p95 ms", m => Number(m.Times.Written?.P95));
        Cells("first sound, p95 ms", m => Number(m.Times.FirstAudio?.P95));
        foreach (var name in result.PerMinute.SelectMany(m => m.Usage.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Cells(name, m => m.Usage.TryGetValue(name, out var u) ? $"{Number(u.Megabytes)} MB {Number(u.Cores, "F2")} c" : "-");
        }

        Cells("memory of the suite, cores of all", m => $"{Number(m.Megabytes)} MB {Number(m.Cores, "F2")} c");
    }

    private static string Listed(SortedDictionary<string, int> counts) => counts.Count == 0 ? "" : $" ({string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))})";
}
