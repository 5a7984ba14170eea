using System.Net.WebSockets;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;
using Museum.TestKit;

namespace Museum.Benchmarks.Soak;

/// <summary>Asks, loses the connection again and again, by its own network or its holder's death, and comes back each time.</summary>
internal static class BrokenVisitor
{
    private static readonly TimeSpan KnockEvery = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(RunningSuite suite, IReadOnlyList<string> questions, Random random, ResumeTally tally, int resumes, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = suite.Address };
        var pass = await VisitorPass.TakeAsync(http, "en", ct);
        await using var visitor = new ResumingVisitor(pass.Token);
        await KnockAsync(visitor, suite.Socket, ct);
        while (tally.Resumes < resumes && !ct.IsCancellationRequested)
        {
            var request = "req_" + Guid.NewGuid().ToString("N")[..12];
            var question = questions[random.Next(questions.Count)];
            var asked = false;
            ServerFrame? end = null;
            while (end is null && !ct.IsCancellationRequested)
            {
                // Sent again until something of its answer is there: one request is answered once.
                asked = asked && visitor.Frames.Any(f => (string?)f.Payload["request_id"] == request);
                if (asked || await TryAskAsync(visitor, request, question))
                {
                    asked = true;
                    end = await ListenAsync(visitor, random.Next(3, 60), tally);
                }

                if (end is null)
                {
                    visitor.Cut();
                    await KnockAsync(visitor, suite.Socket, ct);
                    tally.Resumed(visitor.Resumed == true);
                }
            }

            if (end is not null)
            {
                tally.Check(visitor, (long)end.Payload["turn_id"]!);
            }
        }
    }

    private static async Task<bool> TryAskAsync(ResumingVisitor visitor, string request, string question)
    {
        try
        {
            await visitor.Client.SendAsync("REQUEST", new { request_id = request, data_type = "TEXT", content = new { text = question } });
            return true;
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <returns>The end of the answer; null: the connection broke, or is to be broken now.</returns>
    private static async Task<ServerFrame?> ListenAsync(ResumingVisitor visitor, int frames, ResumeTally tally)
    {
        try
        {
            while (frames-- > 0 && await visitor.ReceiveAsync() is { } frame)
            {
                if (frame.Type == "TURN_ENDED")
                {
                    return frame;
                }
            }
        }
        catch (TimeoutException)
        {
            tally.Silent(visitor);
        }

        return null;
    }

    private static async Task KnockAsync(ResumingVisitor visitor, Uri socket, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await visitor.ConnectAsync(socket);
                return;
            }
            catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException or ObjectDisposedException or OperationCanceledException or TimeoutException)
            {
                await Task.Delay(KnockEvery, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
