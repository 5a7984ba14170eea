using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Sessions;

/// <summary>Whoever holds a session's socket on this replica.</summary>
internal interface ISessionHolder
{
    /// <summary>A newer socket joined the session: say so and go.</summary>
    Task ReplaceAsync();
}

/// <summary>One socket per session: the newest wins, the older is told and closed with 4001.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<string, ISessionHolder> holders = new();

    public SessionRegistry(IMeterFactory meters) =>
        meters.Create(TurnTelemetry.Name).CreateObservableGauge("active_sessions", () => holders.Count, "{session}", "Sessions whose socket this replica holds.");

    public int Count => holders.Count;

    public async Task JoinAsync(string session, ISessionHolder holder)
    {
        ISessionHolder? older = null;
        holders.AddOrUpdate(session, holder, (_, held) =>
        {
            older = held;
            return holder;
        });
        if (older is not null)
        {
            await older.ReplaceAsync();
        }
    }

    public bool Leave(string session, ISessionHolder holder) => holders.TryRemove(new(session, holder));
}
