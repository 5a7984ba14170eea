using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What a client is told of its session: all of it, or what it asks for.</summary>
internal static class SessionInfo
{
    public static SessionInfoPayload Of(ClientSession session, SessionClock clock, SessionQueryPayload query)
    {
        var all = new Dictionary<string, object?>
        {
            ["platform"] = session.Platform,
            ["require_tts"] = session.RequireTts,
            ["enable_srs"] = session.EnableSrs,
            ["function_calling"] = session.Functions,
            ["language"] = session.Language,
            ["remaining_seconds"] = clock.RemainingSeconds,
        };
        var wanted = query.QueryFields is { Count: > 0 } fields ? all.Where(f => fields.Contains(f.Key)).ToDictionary() : all;
        return new SessionInfoPayload { Status = "SUCCESS", Message = "", SessionData = wanted };
    }
}
