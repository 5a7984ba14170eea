using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// The turns of one call: one at a time; a new question interrupts the answer to the last. Beside it at most one that is held, for
/// what the visitor may have finished saying.
/// </summary>
internal sealed class TurnDesk : IAsyncDisposable
{
    private readonly TurnSteps steps = new();
    private readonly ClientSession session;
    private readonly Outbox outbox;
    private readonly TurnRunner runner;
    private readonly NewTurns turns;
    private readonly TurnEnding ending;
    private Turn? current;
    private Turn? held;

    public TurnDesk(ClientSession session, Outbox outbox, TurnRunner runner, TurnNumbers numbers, IEventPublisher publisher, TimeProvider time)
    {
        (this.session, this.outbox, this.runner) = (session, outbox, runner);
        Voice = new GuidesVoice(session, outbox);
        turns = new NewTurns(session, numbers, time, steps.CallEnds);
        ending = new TurnEnding(session, outbox, Voice, publisher);
    }

    public GuidesVoice Voice { get; }

    /// <summary>The turn whose answer is under way; null: none.</summary>
    public Turn? Running => current is { Completion.IsCompleted: false } running ? running : null;

    /// <summary>Asks outright.</summary>
    public Task<Turn> AskAsync(Question question, Action<Turn>? prepare, CancellationToken cancellationToken) => steps.TakeAsync(
        async () =>
        {
            await DiscardHeldAsync();
            await ending.InterruptAsync(Running, "USER_NEW_INPUT", acknowledge: false, cancellationToken);
            var turn = await turns.AskedAsync(question, TurnHold.None(), cancellationToken);
            prepare?.Invoke(turn);
            await BecomeAsync(turn, cancellationToken);
            turn.Completion = runner.RunAsync(turn, outbox);
            return turn;
        },
        cancellationToken);

    /// <summary>Goes on with a turn that another replica had begun.</summary>
    public Task ContinueAsync(TurnRecord record, bool isCertain, CancellationToken cancellationToken) => steps.TakeAsync(
        async () =>
        {
            if (record.IsUnfinished(session))
            {
                var turn = turns.Continued(record);
                await BecomeAsync(turn, cancellationToken);
                turn.Completion = runner.ContinueAsync(turn, outbox, isCertain);
            }
        },
        cancellationToken);

    /// <summary>Composes the answer to what was heard so far, and says nothing of it. Takes the place of one that was held before.</summary>
    /// <returns>Null: an answer is under way, by a question that was written.</returns>
    public Task<Turn?> HoldAsync(Question question, CancellationToken cancellationToken) => steps.TakeAsync<Turn?>(
        async () =>
        {
            await DiscardHeldAsync();
            if (Running is not null)
            {
                return null;
            }

            held = await turns.AskedAsync(question, new TurnHold(), cancellationToken);
            held.Completion = runner.RunAsync(held, outbox);
            return held;
        },
        cancellationToken);

    /// <summary>What was heard was all: the held turn speaks.</summary>
    /// <param name="turn">Which.</param>
    /// <param name="before">What the client is told first.</param>
    /// <param name="cancellationToken">Ends the wait for room in the outbox.</param>
    /// <returns>False: it is not held any more, or its composing failed; ask outright.</returns>
    public Task<bool> ReleaseAsync(Turn turn, Func<ValueTask> before, CancellationToken cancellationToken) => steps.TakeAsync(
        async () =>
        {
            if (held != turn || turn.Completion.IsCompleted)
            {
                return false;
            }

            await ending.InterruptAsync(Running, "USER_NEW_INPUT", acknowledge: false, cancellationToken);
            held = null;
            await BecomeAsync(turn, cancellationToken);
            await before();
            return await turn.Hold.ReleaseAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Speech goes on, or was something else: nobody will ever hear of the held turn.</summary>
    public Task DiscardAsync(CancellationToken cancellationToken) => steps.TakeAsync(DiscardHeldAsync, cancellationToken);

    /// <param name="requestId">Null or empty: whatever is under way.</param>
    /// <param name="reason">Why, in the protocol's words.</param>
    /// <param name="acknowledge">Answer with INTERRUPT_ACK.</param>
    /// <param name="cancellationToken">Ends the wait for room in the outbox.</param>
    public Task InterruptAsync(string? requestId, string reason, bool acknowledge, CancellationToken cancellationToken) => steps.TakeAsync(
        async () =>
        {
            var turn = Running is { } running && (string.IsNullOrEmpty(requestId) || running.RequestId == requestId) ? running : null;
            await ending.InterruptAsync(turn, reason, acknowledge, cancellationToken);
        },
        cancellationToken);

    public Task PauseAsync(string reason, CancellationToken cancellationToken) => Voice.PauseAsync(Running, reason, cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => Voice.ResumeAsync(current, cancellationToken);

    public void Played(PlaybackPayload playback) => current?.Played(playback);

    public void FunctionReturned(FunctionResultPayload result) => current?.FunctionReturned(result);

    public async ValueTask DisposeAsync()
    {
        await steps.DisposeAsync();
        foreach (var turn in new[] { current, held }.OfType<Turn>())
        {
            await turn.Completion;
            turn.Dispose();
        }
    }

    private async Task BecomeAsync(Turn turn, CancellationToken cancellationToken)
    {
        // One that was paused as it ended would leave the client's player standing.
        await ResumeAsync(cancellationToken);
        current?.Dispose();
        current = turn;
    }

    private async Task DiscardHeldAsync()
    {
        if (held is { } turn)
        {
            held = null;
            await ending.DiscardAsync(turn);
        }
    }
}
