using Museum.Benchmarks.Line;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Questions;

var suite = new Uri(args.ElementAtOrDefault(0) ?? "http://localhost:8000");
var content = args.ElementAtOrDefault(1) ?? "content/exhibits";

Console.WriteLine($"{suite}: 50 questions in each language, one after another; milliseconds at the client, from the question's last byte out.");
Console.WriteLine($"{"",-10}{"",-16}{"p50",8}{"p95",8}{"max",8}");
foreach (var language in new[] { "en", "zh" })
{
    var questions = QuestionSet.Read(content, language, 50);
    var run = await LineRun.MeasureAsync(suite, language, questions);
    foreach (var (stage, values) in run.Stages)
    {
        Console.WriteLine($"{language,-10}{stage,-16}{Percentile.Of(values, 50),8:F1}{Percentile.Of(values, 95),8:F1}{values.Max(),8:F1}");
    }

    Console.WriteLine($"{language,-10}{"without a voice",-16}{run.Silent,8}");
}
