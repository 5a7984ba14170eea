using System.Net.WebSockets;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Drill;

/// <summary>
/// Asks twice a second, as far as answers allow; has heard enough when an answer is written, heard and seen. Comes back with the same
/// pass when the socket breaks, as a page does.
/// </summary>
internal sealed class SocketVisitor(RunningSuite suite, Flow flow, string name, string language, IReadOnlyList<string> questions)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Longer than the voice's own deadline of 2 s: what has no voice by then is an answer without one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan EntryLimit = TimeSpan.FromSeconds(2);

    private Visitor? visitor;
    private VisitorPass? pass;

    public async Task RunAsync(int number, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = suite.Address };
        pass = await VisitorPass.TakeAsync(http, language, cancellationToken);
        await Task.Delay(Pause / 4 * number, cancellationToken);
        for (var i = number * 17; !cancellationToken.IsCancellationRequested; i++)
        {
            var at = flow.Now;
            flow.Add(await AskAsync(at, questions[i % questions.Count], cancellationToken));
            if (flow.Now - at < Pause)
            {
                await Task.Delay(Pause - (flow.Now - at), cancellationToken);
            }
        }
    }

    private async Task<Asked> AskAsync(TimeSpan at, string question, CancellationToken cancellationToken)
    {
        try
        {
            if (visitor is null or { Left.IsCompleted: true })
            {
                await EnterAsync(cancellationToken);
            }

            var answer = await visitor!.AskAsync(question);
            await answer.Whole.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var asked = Judge(answer, at);
            if (!answer.Ended.IsCompleted)
            {
                await visitor.InterruptAsync(answer);
                await answer.Ended.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return asked;
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Asked(name, at, flow.Now - at, Outcome.Failed, "no connection");
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (visitor is not null)
        {
            await visitor.DisposeAsync();
            visitor = null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EntryLimit);
        visitor = await Visitor.EnterAsync(suite.Socket, pass!, language, limit.Token);
    }

    private Asked Judge(SeenAnswer answer, TimeSpan at)
    {
        var took = TimeSpan.FromMilliseconds(answer.ElapsedMs);
        return answer switch
        {
            { ErrorCode: { } code } => new Asked(name, at, took, Outcome.Failed, code),
            { WrittenMs: null } => new Asked(name, at, took, Outcome.Failed, "no answer"),
            { IsWhole: true } => new Asked(name, at, took, Outcome.Whole),
            { FirstAudioMs: null } => new Asked(name, at, took, Outcome.Degraded, "no voice"),
            _ => new Asked(name, at, took, Outcome.Degraded, "no face"),
        };
    }
}
