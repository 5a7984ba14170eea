using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Questions;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Load;

/// <summary>
/// What one thing costs while nobody else wants anything, in milliseconds: a single sentence spoken, a batch of twenty questions, the
/// stream's first sound, and end to end until the first sentence is read, heard and seen. None has been asked for before.
/// </summary>
internal sealed record Kinds(Spread? SingleSentence, Spread? Batch, Spread? Streaming, Spread? EndToEnd)
{
    private const int Times = 20;
    private const int BatchSize = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<Kinds> MeasureAsync(RunningSuite suite, string content, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = suite.Address };
        var pass = await VisitorPass.TakeAsync(http, "en", cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pass.Token);
        var questions = QuestionSet.All(content, "en");

        // Not counted: the first of each compiles code and loads voices.
        var spoken = await RepeatAsync(i => PostAsync(http, "/api/audio/tts", new { text = questions[i], language = "en", format = "wav" }, cancellationToken));
        var batches = await RepeatAsync(i => PostAsync(
            http, "/api/text/batch", new { items = Enumerable.Range(0, BatchSize).Select(k => new { text = questions[((i * BatchSize) + k) % questions.Count] }) }, cancellationToken));
        await using var visitor = await Visitor.EnterAsync(suite.Socket, pass, "en", cancellationToken);
        var answers = new List<SeenAnswer>();
        var whole = await RepeatAsync(async i =>
        {
            var answer = await visitor.AskAsync(questions[Times + i]);
            answers.Add(answer);
            await answer.Whole.WaitAsync(Patience, cancellationToken);
            await visitor.InterruptAsync(answer);
            await answer.Ended.WaitAsync(Patience, cancellationToken);
        });
        var seen = answers.Skip(1).Where(a => a.IsWhole).ToArray();
        return new Kinds(
            Spread.Of(spoken), Spread.Of(batches), Spread.Of(seen.Select(a => a.FirstAudioMs!.Value)), Spread.Of(seen.Select(a => Math.Max(a.FirstAudioMs!.Value, a.FirstTrackMs!.Value))));
    }

    private static async Task<IEnumerable<double>> RepeatAsync(Func<int, Task> once)
    {
        var times = new List<double>();
        for (var i = 0; i <= Times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await once(i);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Skip(1);
    }

    private static async Task PostAsync(HttpClient http, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
