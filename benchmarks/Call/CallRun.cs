using System.Diagnostics;
using System.Net.WebSockets;
using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Scenarios;
using Museum.Benchmarks.Call.Visit;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Call;

/// <summary>Runs one scenario: so many calls at once, each on its own schedule, spread evenly over the interval.</summary>
internal sealed class CallRun(RunningSuite suite, CallOptions options, IScenario scenario)
{
    private readonly long startedAt = Stopwatch.GetTimestamp();

    public Findings Findings { get; } = new();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(startedAt);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = suite.Address };
        await Task.WhenAll(Enumerable.Range(0, options.Calls).Select(i => CallAsync(http, i, cancellationToken)));
    }

    private async Task CallAsync(HttpClient http, int number, CancellationToken cancellationToken)
    {
        var until = TimeSpan.FromMinutes(options.Minutes);
        var due = options.Every * number / options.Calls;
        var random = new Random(options.Seed + (number * 7_919));
        await UntilAsync(due, cancellationToken);
        try
        {
            await using var caller = await Caller.EnterAsync(suite, await VisitorPass.TakeAsync(http, "en", cancellationToken), scenario.Kind, number, cancellationToken);
            try
            {
                // The room is heard first, as when somebody has picked up and not spoken yet.
                for (due = Elapsed + TimeSpan.FromSeconds(1); due < until; due = due + options.Every > Elapsed ? due + options.Every : Elapsed)
                {
                    await UntilAsync(due, cancellationToken);
                    await scenario.ActAsync(new Act(caller, Findings, random, Elapsed), cancellationToken);
                }
            }
            finally
            {
                Note(caller);
            }
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException)
        {
            Findings.Errors.Enqueue(e.Message);
        }
    }

    private void Note(Caller caller)
    {
        foreach (var error in caller.Seen.Since(0).Where(s => s.Type == "ERROR").Select(s => s.Text("error_code") ?? "ERROR").Concat(caller.Offences))
        {
            Findings.Errors.Enqueue(error);
        }

        foreach (var late in caller.LateMs)
        {
            Findings.LateMs.Enqueue(late);
        }

        Interlocked.Add(ref Findings.Unasked, Math.Max(0, caller.Seen.Since(0).Count(s => s.Type == "TURN_STARTED") - caller.Asked));
        Interlocked.Add(ref Findings.Underruns, caller.Loudspeaker.Underruns);
    }

    private Task UntilAsync(TimeSpan due, CancellationToken cancellationToken) => due > Elapsed ? Task.Delay(due - Elapsed, cancellationToken) : Task.CompletedTask;
}
