using System.Diagnostics;
using System.Net.WebSockets;
using Museum.Benchmarks.Visitors.Questions;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Load;

/// <summary>An answer of the run, and when its question was due.</summary>
internal sealed record LoadedAnswer(SeenAnswer Answer, TimeSpan AskedAt, double LateMs, bool VoiceAway);

/// <summary>
/// Visitors come in over the first ten seconds and then ask on a schedule of their own, whether the last answer is over or not: a slow
/// suite does not slow down those who measure it.
/// </summary>
internal sealed class LoadRun(RunningSuite suite, LoadOptions options)
{
    private static readonly string[] Languages = ["en", "zh"];

    /// <summary>For the last answers of the run.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Popularity> questions = Languages.ToDictionary(
        l => l, l => new Popularity(QuestionSet.All(Path.Combine(options.Root, "content/exhibits"), l), options.Seed));

    private readonly long startedAt = Stopwatch.GetTimestamp();
    private long frames;

    public long Frames => Interlocked.Read(ref frames);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(startedAt);

    public async Task<IReadOnlyList<LoadedAnswer>> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = suite.Address };
        var runs = await Task.WhenAll(Enumerable.Range(0, options.Visitors).Select(i => VisitAsync(http, i, cancellationToken)));
        return [.. runs.SelectMany(answers => answers)];
    }

    private async Task<List<LoadedAnswer>> VisitAsync(HttpClient http, int number, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed + (number * 7919));
        var language = Languages[number % Languages.Length];
        var due = options.Every * random.NextDouble();
        var answers = new List<LoadedAnswer>();
        await UntilAsync(due, cancellationToken);
        var pass = await VisitorPass.TakeAsync(http, language, cancellationToken);
        await using var visitor = await Visitor.EnterAsync(suite.Socket, pass, language, cancellationToken);
        due = Elapsed;
        while (due < TimeSpan.FromMinutes(options.Minutes) && !cancellationToken.IsCancellationRequested)
        {
            await UntilAsync(due, cancellationToken);
            var asked = Elapsed;
            answers.Add(new LoadedAnswer(await AskAsync(visitor, questions[language].Next(random), language), asked, (asked - due).TotalMilliseconds, visitor.Status?.VoiceAway is true));
            due += options.Every;
        }

        await answers[^1].Answer.Ended.WaitAsync(LastWords, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Add(ref frames, visitor.Frames);
        return answers;
    }

    private static async Task<SeenAnswer> AskAsync(Visitor visitor, string question, string language)
    {
        try
        {
            return await visitor.AskAsync(question);
        }
        catch (WebSocketException)
        {
            var lost = new SeenAnswer("", language);
            lost.Fail("connection_lost");
            return lost;
        }
    }

    private Task UntilAsync(TimeSpan due, CancellationToken cancellationToken) =>
        due > Elapsed ? Task.Delay(due - Elapsed, cancellationToken) : Task.CompletedTask;
}
