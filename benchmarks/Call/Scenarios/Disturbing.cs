using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>Asks, and while the guide answers coughs, snaps fingers, says "mhm"; or plays the guide's own voice into the microphone.</summary>
internal sealed class Disturbing(Repertoire repertoire) : IScenario
{
    public const string EchoKind = "echo";

    /// <summary>So long an answer may be silent for a disturbance, and so long one is watched after it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public string Name => "noises";

    public CallKind Kind => CallKind.QuietRoom;

    public async Task ActAsync(Act act, CancellationToken cancellationToken)
    {
        var mark = act.Caller.Seen.Count;
        var kind = repertoire.NextKind();
        act.Caller.Microphone.Echo = kind == EchoKind ? new Echo(act.Random.Next(60, 301), act.Random.Next(6, 21), act.Random.Next()) : null;
        var asked = await Asking.AskAsync(act, repertoire.NextQuestion(), cancellationToken);
        if (asked.Failure is null && kind != EchoKind)
        {
            await DisturbAsync(act, asked.TurnId, kind, cancellationToken);
        }

        act.Findings.Asked.Enqueue(await Asking.ListenAsync(act, asked, mark, cancellationToken));
        act.Caller.Microphone.Echo = null;
        if (asked.Failure is null && kind == EchoKind)
        {
            act.Findings.Disturbed.Enqueue(Verdict.On(kind, act.Caller.Seen.Since(mark), asked.TurnId, Longest));
        }
    }

    /// <summary>Again and again until the answer is over, each time by the next kind.</summary>
    private async Task DisturbAsync(Act act, long turn, string kind, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + act.Random.NextDouble()), cancellationToken);
            if (act.Caller.Loudspeaker.Playing != turn)
            {
                return;
            }

            var mark = act.Caller.Seen.Count;
            var said = act.Caller.Microphone.Say(repertoire.Disturbance(kind, act.Random));
            await said.Over.WaitAsync(cancellationToken);
            await Task.Delay(Longest + TimeSpan.FromMilliseconds(500), cancellationToken);
            act.Findings.Disturbed.Enqueue(Verdict.On(kind, act.Caller.Seen.Since(mark), turn, Longest));
            do
            {
                kind = repertoire.NextKind();
            }
            while (kind == EchoKind);
        }
    }
}
