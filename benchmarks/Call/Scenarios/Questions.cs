using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>Asks, and listens to the whole answer: in a quiet room, in a loud hall, over a poor network.</summary>
internal sealed class Questions(string name, CallKind kind, Repertoire repertoire) : IScenario
{
    public string Name => name;

    public CallKind Kind => kind;

    public async Task ActAsync(Act act, CancellationToken cancellationToken)
    {
        var mark = act.Caller.Seen.Count;
        var asked = await Asking.AskAsync(act, repertoire.NextQuestion(), cancellationToken);
        act.Findings.Asked.Enqueue(await Asking.ListenAsync(act, asked, mark, cancellationToken));
    }
}
