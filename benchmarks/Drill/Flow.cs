using System.Collections.Concurrent;
using System.Diagnostics;
using Museum.Benchmarks.Visitors.Questions;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Drill;

/// <summary>The steady flow of questions: four visitors on sockets of their own, two in each language, and one who asks by HTTP.</summary>
internal sealed class Flow : IAsyncDisposable
{
    private static readonly string[] Languages = ["en", "zh", "en", "zh"];

    private readonly ConcurrentQueue<Asked> asked = new();
    private readonly CancellationTokenSource stop = new();
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private readonly Task[] visitors;

    public Flow(RunningSuite suite, string content)
    {
        Task[] onSockets = [.. Languages.Select((language, i) => new SocketVisitor(suite, this, $"socket {i + 1}", language, QuestionSet.Read(content, language, 72)).RunAsync(i, stop.Token))];
        visitors = [.. onSockets, new HttpVisitor(suite, this, QuestionSet.Read(content, "en", 72)).RunAsync(stop.Token)];
    }

    public TimeSpan Now => Stopwatch.GetElapsedTime(startedAt);

    private static IEnumerable<string> Everybody => Enumerable.Range(1, Languages.Length).Select(i => $"socket {i}").Append("http");

    public void Add(Asked question) => asked.Enqueue(question);

    public IReadOnlyList<Asked> Since(TimeSpan moment) => [.. asked.Where(a => a.At >= moment)];

    /// <summary>When the last of all visitors had a whole answer to a question asked after a moment; null: not all have yet.</summary>
    public TimeSpan? EverybodyServedSince(TimeSpan moment)
    {
        var first = Since(moment).Where(a => a.Outcome == Outcome.Whole).GroupBy(a => a.Who).ToDictionary(g => g.Key, g => g.Min(a => a.Ended));
        return Everybody.All(first.ContainsKey) ? first.Values.Max() : null;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(visitors).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
