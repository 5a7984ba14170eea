using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>Asks, and after a second or three of the answer asks something else: "Wait, who painted …".</summary>
internal sealed class Interrupting(Repertoire repertoire) : IScenario
{
    /// <summary>Beyond it nobody would call it granted.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Name => "interruptions";

    public CallKind Kind => CallKind.QuietRoom;

    public async Task ActAsync(Act act, CancellationToken cancellationToken)
    {
        var asked = await Asking.AskAsync(act, repertoire.NextQuestion(), cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1 + (2 * act.Random.NextDouble())), cancellationToken);
        if (asked.Failure is not null || act.Caller.Loudspeaker.Playing != asked.TurnId)
        {
            // No answer, or one that was over too soon to be interrupted.
            act.Findings.Asked.Enqueue(asked);
            return;
        }

        var (mark, before) = (act.Caller.Seen.Count, act.Caller.LatestTurn);
        var question = repertoire.NextInterruption();
        var said = act.Caller.Microphone.Say(question.Pcm);
        await said.Over.WaitAsync(cancellationToken);
        var ended = await act.Caller.Seen.FirstAsync(mark, s => s.Type == "TURN_ENDED" && s.TurnId == asked.TurnId, Patience, cancellationToken);
        act.Findings.Asked.Enqueue(asked);
        if (ended is not null && !ended.Is("TURN_ENDED", "interrupted"))
        {
            return;
        }

        var paused = act.Caller.Seen.Since(mark).FirstOrDefault(s => s.Type == "TURN_PAUSED" && s.TurnId == asked.TurnId);
        act.Findings.Interruptions.Enqueue(new Interruption(question.Text, paused?.MsSince(said.OnsetAt), ended?.MsSince(said.OnsetAt), ended is not null));
        if (ended is not null)
        {
            act.Findings.InterruptedTurns.Enqueue(new InterruptedTurn(act.Caller.Session, asked.TurnId, ended.UnixNs));
            var next = await Asking.JudgeAsync(act, question, said, mark, before, cancellationToken);
            act.Findings.Asked.Enqueue(await Asking.ListenAsync(act, next, mark, cancellationToken));
        }
    }
}
