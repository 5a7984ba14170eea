using System.Diagnostics;
using System.Globalization;
using Museum.Benchmarks.Line;
using Museum.Benchmarks.Soak;

var suite = new Uri(args[0]);
var minutes = double.Parse(args.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture);
var content = args.ElementAtOrDefault(2) ?? "content/exhibits";
const int Visitors = 4;

string[] languages = ["en", "zh"];
var questions = languages.ToDictionary(l => l, l => QuestionSet.Read(content, l, 72));
await Visitor.WaitForVoiceAsync(suite);
var until = Stopwatch.GetTimestamp() + (long)(minutes * 60 * Stopwatch.Frequency);
var before = ServiceMemory.Read();
var runs = await Task.WhenAll(Enumerable.Range(0, Visitors).Select(i => Visitor.RunAsync(suite, i % 2 == 0 ? "en" : "zh", questions, i, until)));
var after = ServiceMemory.Read();

double[] texts = [.. runs.SelectMany(r => r.FirstTextMs)];
double[] sounds = [.. runs.SelectMany(r => r.FirstAudioMs)];
Console.WriteLine($"{Visitors} visitors for {minutes} min: {texts.Length} answers, {texts.Length - sounds.Length} without a voice, {runs.Sum(r => r.Failures)} failures, {runs.Sum(r => r.Interruptions)} interrupted");
Console.WriteLine($"first text p50 {Percentile.Of(texts, 50):F0} ms, p95 {Percentile.Of(texts, 95):F0} ms; first sound p50 {Percentile.Of(sounds, 50):F0} ms, p95 {Percentile.Of(sounds, 95):F0} ms");
foreach (var (name, bytes) in after)
{
    Console.WriteLine($"{name,-28}{before.GetValueOrDefault(name) >> 20,6} MB before{bytes >> 20,6} MB after");
}

return runs.Sum(r => r.Failures) == 0 && texts.Length == sounds.Length ? 0 : 1;
