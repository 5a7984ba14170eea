using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// Ends turns before their time:
/// <code>
/// interrupted   cancelled, the fence closed behind it, the client told what was heard of it; then the other services
/// discarded     it was only held: nobody is told but the other services
/// </code>
/// </summary>
internal sealed class TurnEnding(ClientSession session, Outbox outbox, GuidesVoice voice, IEventPublisher publisher)
{
    /// <param name="turn">Under way; null: there is none.</param>
    /// <param name="reason">Why, in the protocol's words.</param>
    /// <param name="acknowledge">Answer with INTERRUPT_ACK.</param>
    /// <param name="cancellationToken">Ends the wait for room in the outbox.</param>
    public async Task InterruptAsync(Turn? turn, string reason, bool acknowledge, CancellationToken cancellationToken)
    {
        var interrupted = turn is not null && await turn.TryInterruptAsync(reason) ? turn : null;
        if (interrupted is not null)
        {
            outbox.Fence.CloseThrough(interrupted.Id);
            voice.Cut(interrupted);
        }

        if (acknowledge)
        {
            await outbox.SendAsync(MessageTypes.InterruptAck, Acknowledgement(interrupted), cancellationToken);
        }

        // One that was just over has its last words out before the next begins.
        await (turn?.Completion ?? Task.CompletedTask);
        if (interrupted is not null)
        {
            await new TurnOutput(interrupted, outbox).InterruptedAsync(reason, interrupted.Heard.Text(interrupted.WasSpoken), cancellationToken);
            // Beside the conversation: the next question does not wait for the broker.
            _ = TellOthersAsync(interrupted);
        }
    }

    /// <param name="held">Nothing of it was sent.</param>
    public async Task DiscardAsync(Turn held)
    {
        await held.Hold.TryDiscardAsync();
        await held.TryInterruptAsync("USER_VOICE_INPUT");
        await held.Completion;
        held.Dispose();
        _ = TellOthersAsync(held);
    }

    private static InterruptAckPayload Acknowledgement(Turn? turn) => turn is null
        ? new InterruptAckPayload { InterruptedRequestIds = [], Status = "FAILED", Message = "Nothing of that request is under way." }
        : new InterruptAckPayload { InterruptedRequestIds = [turn.RequestId], Status = "SUCCESS", Message = "Interrupted." };

    /// <summary>So that nobody works on for a turn that is over. The fence holds without it.</summary>
    private async Task TellOthersAsync(Turn turn)
    {
        try
        {
            await publisher.PublishAsync(new TurnInterrupted { Session = session.Id, Epoch = session.Epoch, ThroughTurn = turn.Id }, CancellationToken.None);
        }
        catch (DependencyException)
        {
            // No broker, no work under way behind it either.
        }
    }
}
