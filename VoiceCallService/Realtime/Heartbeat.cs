using System.Net.WebSockets;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Security;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Every 30 s: is the client there, does the session still live? A client that answers none of two is closed, its call kept for resume.</summary>
internal sealed class Heartbeat(Outbox outbox, OpenCall call, CallWatch watch, RevokedSessions revoked, TimeProvider time)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Between beats the session's end is looked for as often.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SessionClock clock = call.Conversation.Clock;
    private int unanswered;

    public void Answered() => Interlocked.Exchange(ref unanswered, 0);

    /// <returns>Why the connection must end.</returns>
    public async Task<Farewell> RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var lastBeat = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (revoked.Contains(call.Session.Id) || clock.RemainingSeconds == 0)
            {
                return new(WebSocketCloseStatus.PolicyViolation, new ProtocolException(ErrorCodes.SessionInvalid, "The session has ended.")) { Parting = Parting.Over };
            }

            if (clock.ShouldWarn())
            {
                var warning = new SessionWarnPayload { RemainingSeconds = clock.RemainingSeconds, Message = "The session ends soon unless you ask something." };
                outbox.TrySend(MessageTypes.SessionWarn, warning);
            }

            if (watch.Look(outbox) is { } end)
            {
                return end;
            }

            if (time.GetElapsedTime(lastBeat) < Every)
            {
                continue;
            }

            lastBeat = time.GetTimestamp();
            call.Log?.Touch();
            if (Interlocked.Increment(ref unanswered) > 2)
            {
                return new(WebSocketCloseStatus.EndpointUnavailable, new ProtocolException(ErrorCodes.RequestTimeout, "No sign of life."));
            }

            outbox.TrySend(MessageTypes.Heartbeat, new HeartbeatPayload { RemainingSeconds = clock.RemainingSeconds });
        }

        return Farewell.Broken;
    }
}
