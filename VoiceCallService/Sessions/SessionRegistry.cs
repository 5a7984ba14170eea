using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Sessions;

/// <summary>The calls that this replica holds, one per session: the newest wins.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<string, OpenCall> calls = new();

    public SessionRegistry(IMeterFactory meters) =>
        meters.Create(TurnTelemetry.Name).CreateObservableGauge("active_sessions", () => calls.Count, "{session}", "Sessions whose call this replica holds, those that wait to be resumed included.");

    public int Count => calls.Count;

    public IEnumerable<OpenCall> All => calls.Values;

    public OpenCall? Find(string session) => calls.GetValueOrDefault(session);

    /// <returns>The call whose place it took; or the call itself, when a newer one was quicker.</returns>
    public OpenCall? Join(OpenCall call)
    {
        OpenCall? loser = null;
        calls.AddOrUpdate(
            call.Session.Id,
            _ =>
            {
                loser = null;
                return call;
            },
            (_, held) =>
            {
                var winner = held.Session.Epoch > call.Session.Epoch ? held : call;
                loser = winner == call ? held : call;
                return winner;
            });
        return loser;
    }

    public bool Leave(OpenCall call) => calls.TryRemove(new(call.Session.Id, call));
}
