using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>The guide's voice in a call: it stands still while somebody speaks over it, and goes on when that was nothing.</summary>
internal sealed class GuidesVoice(ClientSession session, Outbox outbox)
{
    /// <summary>What was sent of it sounds later, or never.</summary>
    public event Action? Stopped;

    public event Action? Resumed;

    /// <summary>It stands still at once.</summary>
    public async Task PauseAsync(Turn? turn, string reason, CancellationToken cancellationToken)
    {
        if (turn?.Pause.Begin() != true)
        {
            return;
        }

        Stopped?.Invoke();
        if (session.Wants(Features.SpeechEvents))
        {
            await outbox.SendAsync(MessageTypes.TurnPaused, new TurnPausedPayload { TurnId = turn.Id, Reason = reason }, cancellationToken, turn.Id);
        }
    }

    /// <summary>It goes on where it stopped.</summary>
    public async Task ResumeAsync(Turn? turn, CancellationToken cancellationToken)
    {
        if (turn?.Pause.End() != true)
        {
            return;
        }

        Resumed?.Invoke();
        if (session.Wants(Features.SpeechEvents))
        {
            await outbox.SendAsync(MessageTypes.TurnResumed, new TurnResumedPayload { TurnId = turn.Id }, cancellationToken, turn.Id);
        }
    }

    /// <summary>Nothing of that turn sounds any more.</summary>
    public void Cut(Turn turn)
    {
        turn.Pause.End();
        Stopped?.Invoke();
    }
}
