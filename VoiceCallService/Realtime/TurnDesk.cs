using System.Diagnostics;
using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.Text.V1;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>The turns of one connection: one at a time; a new question interrupts the answer to the last.</summary>
internal sealed class TurnDesk(ClientSession session, Outbox outbox, TurnRunner runner, TurnNumbers numbers, IEventPublisher publisher, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource lifetime = new();
    private Turn? current;

    public async Task AskAsync(RequestPayload request, string question, ActivityContext parent, CancellationToken cancellationToken)
    {
        await InterruptAsync(null, "USER_NEW_INPUT", acknowledge: false, cancellationToken);
        var id = await numbers.NextAsync(session.Id, cancellationToken);
        var turn = new Turn(session, id, request.RequestId!, question, time, lifetime.Token)
        {
            WantsVoice = request.RequireTts ?? session.RequireTts,
            EnableSrs = request.EnableSrs ?? session.EnableSrs,
            Parent = parent,
        };
        current?.Dispose();
        current = turn;
        turn.Completion = runner.RunAsync(turn, outbox);
    }

    /// <param name="requestId">Null or empty: whatever is under way.</param>
    /// <param name="reason">Why, in the protocol's words.</param>
    /// <param name="acknowledge">Answer with INTERRUPT_ACK.</param>
    /// <param name="cancellationToken">Ends the wait for room in the outbox.</param>
    public async Task InterruptAsync(string? requestId, string reason, bool acknowledge, CancellationToken cancellationToken)
    {
        var turn = current is { Completion.IsCompleted: false } running && (string.IsNullOrEmpty(requestId) || running.RequestId == requestId) ? running : null;
        var interrupted = turn is not null && await turn.TryInterruptAsync(reason) ? turn : null;
        if (interrupted is not null)
        {
            outbox.Fence.CloseThrough(interrupted.Id);
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

    public void Played(PlaybackPayload playback)
    {
        if (current is { } turn && turn.Id == playback.TurnId)
        {
            turn.Heard.Played(playback.Sequence, playback.PlayedMs, playback.State == "finished");
        }
    }

    /// <summary>Goes back to the model, if the turn that asked still runs.</summary>
    public void FunctionReturned(FunctionResultPayload result) => current?.FunctionResults.Writer.TryWrite(new FunctionResult
    {
        CallId = result.CallId ?? "",
        Name = result.Name ?? "",
        IsSuccess = result.IsSuccess,
        ResultJson = result.Result?.GetRawText() ?? "null",
    });

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        if (current is { } turn)
        {
            await turn.Completion;
            turn.Dispose();
        }

        lifetime.Dispose();
    }

    private static InterruptAckPayload Acknowledgement(Turn? turn) => turn is null
        ? new InterruptAckPayload { InterruptedRequestIds = [], Status = "FAILED", Message = "Nothing of that request is under way." }
        : new InterruptAckPayload { InterruptedRequestIds = [turn.RequestId], Status = "SUCCESS", Message = "Interrupted." };

    /// <summary>So that nobody works on for a turn that is over. The fence holds without it.</summary>
    private async Task TellOthersAsync(Turn turn)
    {
        try
        {
            await publisher.PublishAsync(new TurnInterrupted { Session = session.Id, Epoch = 1, ThroughTurn = turn.Id }, CancellationToken.None);
        }
        catch (DependencyException)
        {
            // No broker, no work under way behind it either.
        }
    }
}
