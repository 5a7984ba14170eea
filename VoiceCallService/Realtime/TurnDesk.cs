using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.Text.V1;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// The turns of one call: one at a time; a new question interrupts the answer to the last. Beside it at most one that is held, for
/// what the visitor may have finished saying. Written and spoken questions come from two sides, so one step is done after the other.
/// </summary>
internal sealed class TurnDesk(ClientSession session, Outbox outbox, TurnRunner runner, TurnNumbers numbers, IEventPublisher publisher, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource lifetime = new();
    private readonly SemaphoreSlim step = new(1);
    private Turn? current;
    private Turn? held;

    /// <summary>What was sent of the guide's voice sounds later, or never.</summary>
    public event Action? VoiceStopped;

    public event Action? VoiceResumed;

    /// <summary>The turn whose answer is under way; null: none.</summary>
    public Turn? Running => current is { Completion.IsCompleted: false } running ? running : null;

    /// <summary>Asks outright.</summary>
    public Task<Turn> AskAsync(Question question, Action<Turn>? prepare, CancellationToken cancellationToken) => StepAsync(
        async () =>
        {
            await DiscardHeldAsync();
            await InterruptCurrentAsync(null, "USER_NEW_INPUT", acknowledge: false, cancellationToken);
            var turn = await NewAsync(question, TurnHold.None(), cancellationToken);
            prepare?.Invoke(turn);
            await BecomeAsync(turn, cancellationToken);
            turn.Completion = runner.RunAsync(turn, outbox);
            return turn;
        },
        cancellationToken);

    /// <summary>Goes on with a turn that another replica had begun.</summary>
    public Task ContinueAsync(TurnRecord record, bool isCertain, CancellationToken cancellationToken) => StepAsync(
        async () =>
        {
            if (record.IsUnfinished(session))
            {
                var turn = new Turn(session, record.TurnId, record.RequestId, record.Question, time, lifetime.Token)
                {
                    WantsVoice = record.WantsVoice,
                    EnableSrs = record.EnableSrs,
                    Record = record,
                    TextEnded = record.TextEnded,
                };
                record.Restore(turn);
                await BecomeAsync(turn, cancellationToken);
                turn.Completion = runner.ContinueAsync(turn, outbox, isCertain);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Composes the answer to what was heard so far, and says nothing of it. Takes the place of one that was held before.</summary>
    /// <returns>Null: an answer is under way, by a question that was written.</returns>
    public Task<Turn?> HoldAsync(Question question, CancellationToken cancellationToken) => StepAsync<Turn?>(
        async () =>
        {
            await DiscardHeldAsync();
            if (Running is not null)
            {
                return null;
            }

            held = await NewAsync(question, new TurnHold(), cancellationToken);
            held.Completion = runner.RunAsync(held, outbox);
            return held;
        },
        cancellationToken);

    /// <summary>What was heard was all: the held turn speaks.</summary>
    /// <param name="turn">Which.</param>
    /// <param name="before">What the client is told first.</param>
    /// <param name="cancellationToken">Ends the wait for room in the outbox.</param>
    /// <returns>False: it is not held any more, or its composing failed; ask outright.</returns>
    public Task<bool> ReleaseAsync(Turn turn, Func<ValueTask> before, CancellationToken cancellationToken) => StepAsync(
        async () =>
        {
            if (held != turn || turn.Completion.IsCompleted)
            {
                return false;
            }

            await InterruptCurrentAsync(null, "USER_NEW_INPUT", acknowledge: false, cancellationToken);
            held = null;
            await BecomeAsync(turn, cancellationToken);
            await before();
            return await turn.Hold.ReleaseAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Speech goes on, or was something else: nobody will ever hear of the held turn.</summary>
    public Task DiscardAsync(CancellationToken cancellationToken) => StepAsync(
        async () =>
        {
            await DiscardHeldAsync();
            return true;
        },
        cancellationToken);

    /// <param name="requestId">Null or empty: whatever is under way.</param>
    /// <param name="reason">Why, in the protocol's words.</param>
    /// <param name="acknowledge">Answer with INTERRUPT_ACK.</param>
    /// <param name="cancellationToken">Ends the wait for room in the outbox.</param>
    public Task InterruptAsync(string? requestId, string reason, bool acknowledge, CancellationToken cancellationToken) => StepAsync(
        async () =>
        {
            await InterruptCurrentAsync(requestId, reason, acknowledge, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>The voice stands still at once.</summary>
    public async Task PauseAsync(string reason, CancellationToken cancellationToken)
    {
        if (Running is not { } turn || !turn.Pause.Begin())
        {
            return;
        }

        VoiceStopped?.Invoke();
        if (session.Wants(Features.SpeechEvents))
        {
            await outbox.SendAsync(MessageTypes.TurnPaused, new TurnPausedPayload { TurnId = turn.Id, Reason = reason }, cancellationToken, turn.Id);
        }
    }

    /// <summary>It was nothing: the voice goes on where it stopped.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (current is not { } turn || !turn.Pause.End())
        {
            return;
        }

        VoiceResumed?.Invoke();
        if (session.Wants(Features.SpeechEvents))
        {
            await outbox.SendAsync(MessageTypes.TurnResumed, new TurnResumedPayload { TurnId = turn.Id }, cancellationToken, turn.Id);
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
        // A step under way ends first, and none begins after it; one that waits for a client that takes nothing in is not waited for.
        // Neither field is disposed: the socket's reader may still come.
        var entered = await step.WaitAsync(StepLimit);
        foreach (var turn in new[] { current, held }.OfType<Turn>())
        {
            await turn.Completion;
            turn.Dispose();
        }

        if (entered)
        {
            step.Release();
        }
    }

    private static InterruptAckPayload Acknowledgement(Turn? turn) => turn is null
        ? new InterruptAckPayload { InterruptedRequestIds = [], Status = "FAILED", Message = "Nothing of that request is under way." }
        : new InterruptAckPayload { InterruptedRequestIds = [turn.RequestId], Status = "SUCCESS", Message = "Interrupted." };

    private async Task<T> StepAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await step.WaitAsync(cancellationToken);
        try
        {
            lifetime.Token.ThrowIfCancellationRequested();
            return await act();
        }
        finally
        {
            step.Release();
        }
    }

    private async Task<Turn> NewAsync(Question question, TurnHold hold, CancellationToken cancellationToken)
    {
        var id = await numbers.NextAsync(session.Id, cancellationToken);
        return new Turn(session, id, question.RequestId ?? $"voice_{id}", question.Text, time, lifetime.Token)
        {
            WantsVoice = question.WantsVoice,
            EnableSrs = question.EnableSrs,
            Parent = question.Parent,
            Reply = question.Reply,
            IsSpokenQuestion = question.RequestId is null && question.Reply is null,
            StartedAt = question.AskedAt ?? time.GetTimestamp(),
            Hold = hold,
        };
    }

    private async Task BecomeAsync(Turn turn, CancellationToken cancellationToken)
    {
        // One that was paused as it ended would leave the client's player standing.
        await ResumeAsync(cancellationToken);
        current?.Dispose();
        current = turn;
    }

    private async Task InterruptCurrentAsync(string? requestId, string reason, bool acknowledge, CancellationToken cancellationToken)
    {
        var turn = Running is { } running && (string.IsNullOrEmpty(requestId) || running.RequestId == requestId) ? running : null;
        var interrupted = turn is not null && await turn.TryInterruptAsync(reason) ? turn : null;
        if (interrupted is not null)
        {
            outbox.Fence.CloseThrough(interrupted.Id);
            interrupted.Pause.End();
            VoiceStopped?.Invoke();
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

    private async Task DiscardHeldAsync()
    {
        if (held is not { } turn)
        {
            return;
        }

        held = null;
        await turn.Hold.TryDiscardAsync();
        await turn.TryInterruptAsync("USER_VOICE_INPUT");
        await turn.Completion;
        turn.Dispose();
        _ = TellOthersAsync(turn);
    }

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
