using System.Diagnostics;
using System.Net.WebSockets;
using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>Asks, loses the network in the middle of the answer, and is back up to three seconds later.</summary>
internal sealed class Disconnecting(Repertoire repertoire) : IScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "disconnects";

    public CallKind Kind => CallKind.QuietRoom;

    public async Task ActAsync(Act act, CancellationToken cancellationToken)
    {
        var asked = await Asking.AskAsync(act, repertoire.NextQuestion(), cancellationToken);
        act.Findings.Asked.Enqueue(asked);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        if (asked.Failure is not null)
        {
            return;
        }

        var gaps = act.Caller.Loudspeaker.Gaps;
        await act.Caller.CutAsync();
        await Task.Delay(TimeSpan.FromSeconds(0.3 + (2.7 * act.Random.NextDouble())), cancellationToken);
        var (mark, began) = (act.Caller.Seen.Count, Stopwatch.GetTimestamp());
        if (!act.Caller.CanResume)
        {
            act.Findings.Reconnections.Enqueue(new Reconnection(null, false, "the server gives no resume_token"));
        }

        try
        {
            await act.Caller.ResumeAsync(cancellationToken);
        }
        catch (WebSocketException e)
        {
            act.Findings.Reconnections.Enqueue(new Reconnection(null, false, e.Message));
            throw;
        }

        var back = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var ended = await act.Caller.Seen.FirstAsync(mark, s => (s.Type == "TURN_ENDED" && s.TurnId == asked.TurnId) || s.Type == "CLOSED", Patience, cancellationToken);
        var lost = act.Caller.Loudspeaker.Gaps - gaps;
        var failure = ended?.Type != "TURN_ENDED" ? "the answer did not go on" : ended.Is("TURN_ENDED", "interrupted") ? "the answer was interrupted" : lost > 0 ? $"{lost} gaps in the sound" : null;
        if (act.Caller.CanResume)
        {
            act.Findings.Reconnections.Enqueue(new Reconnection(back, failure is null, failure));
        }
    }
}
