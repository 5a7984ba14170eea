using System.Diagnostics;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Soak;

/// <summary>Somebody who asks one question after another, listens to every fourth answer to the end and interrupts the others.</summary>
internal sealed class Listener
{
    /// <summary>The longest answer is spoken within a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public List<double> FirstTextMs { get; } = [];

    public List<double> FirstAudioMs { get; } = [];

    public int Failures { get; private set; }

    public int Interruptions { get; private set; }

    public static async Task<Listener> RunAsync(RunningSuite suite, string language, IReadOnlyList<string> questions, Random random, long until)
    {
        var listener = new Listener();
        using var http = new HttpClient { BaseAddress = suite.Address };
        var pass = await VisitorPass.TakeAsync(http, language, CancellationToken.None);
        await using var visitor = await Visitor.EnterAsync(suite.Socket, pass, language, CancellationToken.None);
        while (Stopwatch.GetTimestamp() < until)
        {
            await listener.AskAsync(visitor, questions[random.Next(questions.Count)], listens: random.Next(4) == 0);
        }

        return listener;
    }

    private async Task AskAsync(Visitor visitor, string question, bool listens)
    {
        var answer = await visitor.AskAsync(question);
        await answer.Whole.WaitAsync(Patience);
        if (!listens && !answer.Ended.IsCompleted)
        {
            Interruptions++;
            await visitor.InterruptAsync(answer);
        }

        await answer.Ended.WaitAsync(Patience);
        Failures += answer.ErrorCode is null ? 0 : 1;
        FirstTextMs.Add(answer.FirstTextMs ?? double.NaN);
        if (answer.FirstAudioMs is { } sound)
        {
            FirstAudioMs.Add(sound);
        }
    }
}
