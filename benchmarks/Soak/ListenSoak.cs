using System.Diagnostics;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Questions;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Soak;

/// <summary><c>./museum soak [MINUTES]</c>: four visitors who ask, listen and interrupt, memory before and after.</summary>
internal static class ListenSoak
{
    public static async Task<int> RunAsync(string root, string log, double minutes)
    {
        string[] languages = ["en", "zh", "en", "zh"];

        await using var suite = await RunningSuite.StartAsync(root, log);
        var until = Stopwatch.GetTimestamp() + (long)(minutes * 60 * Stopwatch.Frequency);
        var before = suite.Processes();
        var listeners = await Task.WhenAll(languages.Select((language, i) =>
            Listener.RunAsync(suite, language, QuestionSet.Read(Path.Combine(root, "content/exhibits"), language, 72), new Random(i), until)));
        var after = suite.Processes();

        double[] texts = [.. listeners.SelectMany(l => l.FirstTextMs)];
        double[] sounds = [.. listeners.SelectMany(l => l.FirstAudioMs)];
        Console.WriteLine(Machine.Here);
        Console.WriteLine($"{languages.Length} visitors for {minutes} min: {texts.Length} answers, {texts.Length - sounds.Length} without a voice, {listeners.Sum(l => l.Failures)} failures, {listeners.Sum(l => l.Interruptions)} interrupted");
        Console.WriteLine($"first text p50 {Percentile.Of(texts, 50):F0} ms, p95 {Percentile.Of(texts, 95):F0} ms; first sound p50 {Percentile.Of(sounds, 50):F0} ms, p95 {Percentile.Of(sounds, 95):F0} ms");
        foreach (var name in after.Select(p => p.Name).Distinct())
        {
            Console.WriteLine($"{name,-28}{before.Where(p => p.Name == name).Sum(p => p.ResidentBytes) >> 20,6} MB before{after.Where(p => p.Name == name).Sum(p => p.ResidentBytes) >> 20,6} MB after");
        }

        return listeners.Sum(l => l.Failures) == 0 && texts.Length == sounds.Length ? 0 : 1;
    }
}
