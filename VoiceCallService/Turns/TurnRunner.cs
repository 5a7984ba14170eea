using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.Text.V1;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Runs a turn from the question to the last sound:
/// <code>
/// 1 the dialogue with the guide   text goes to the client, whole sentences go to the speech track
/// 2 the speech track              publishes them, waits for their voice and plays it in order
/// 3 the end                       both streams end with -1, the turn is closed
/// </code>
/// </summary>
internal sealed partial class TurnRunner(
    GuideDialogue dialogue, SpeechParts parts, ErrorFrames errors, TurnTelemetry telemetry, TimeProvider time, ILogger<TurnRunner> logger)
{
    private const string Discarded = "discarded";

    public Task RunAsync(Turn turn, Outbox outbox) => RunAsync(turn, outbox, dialogue.AnswerAsync, isNew: true);

    /// <summary>
    /// Goes on with a turn that another replica had begun: what was written and not heard is spoken; if the words had not ended, the guide
    /// is asked again, and what the visitor has seen of them is not sent again.
    /// </summary>
    /// <param name="turn">With the record of how far it had come.</param>
    /// <param name="outbox">The call's.</param>
    /// <param name="isCertain">False: the client has seen something that the record does not know of, so the answer ends here, and says so.</param>
    public Task ContinueAsync(Turn turn, Outbox outbox, bool isCertain) => RunAsync(
        turn,
        outbox,
        (_, output, track) => (isCertain, turn.TextEnded, CanAskAgain: turn.Text.Length > 0 && !turn.Record.FunctionCalled) switch
        {
            _ when turn.Record.VoiceEnded => Task.CompletedTask,
            (true, true, _) => SpeakWrittenAsync(turn, track),
            (true, false, true) => dialogue.AnswerAsync(turn, output, track),
            _ => throw EqualPrefix.Broken(),
        },
        isNew: false);

    private async Task RunAsync(Turn turn, Outbox outbox, Func<Turn, TurnOutput, SpeechTrack?, Task> answer, bool isNew)
    {
        // On the thread pool from here on: the client's next message must not wait for this one's answer.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var activity = TurnTelemetry.Source.StartActivity("turn", ActivityKind.Internal, turn.Parent);
        activity?.SetTag("session.id", turn.Session.Id).SetTag("museum.turn", turn.Id);
        var output = new TurnOutput(turn, outbox);
        var outcome = "complete";
        try
        {
            if (isNew)
            {
                await output.StartedAsync();
            }

            await AnswerAsync(turn, output, answer);
            if (turn.TryFinish())
            {
                await (turn.Record.VoiceEnded ? Task.CompletedTask : output.VoiceEndAsync());
                await output.EndedAsync();
            }
            else
            {
                outcome = "interrupted";
            }
        }
        catch (Exception e)
        {
            outcome = await EndByAsync(turn, outbox, e);
        }

        telemetry.Record(turn, outcome);
        if (outcome == Discarded)
        {
            turn.Session.GiveBackHeard(turn.TakenHeard);
            return;
        }

        if (outcome == "failed" && turn.Times.TextTtfbMs is null)
        {
            // The guide was never told.
            turn.Session.GiveBackHeard(turn.TakenHeard);
        }

        if (turn.Session.IsElsewhere)
        {
            // It goes on there.
            return;
        }

        var heard = outcome == "complete" ? null : turn.Heard.Text(turn.WasSpoken);
        if (heard is not null)
        {
            turn.Session.AddHeard(turn.Id, heard);
        }

        // Beside the conversation: the next question does not wait for the broker.
        _ = CloseAsync(turn, heard);
    }

    private async Task AnswerAsync(Turn turn, TurnOutput output, Func<Turn, TurnOutput, SpeechTrack?, Task> answer)
    {
        using var track = turn.WantsVoice ? new SpeechTrack(turn, output, parts, time) : null;
        var speaking = track?.RunAsync() ?? Task.CompletedTask;
        try
        {
            await (turn.Reply is { } reply ? SayAsync(turn, reply, output, track) : answer(turn, output, track));
            await output.TextEndAsync();
        }
        finally
        {
            // What was written is spoken to its end, even when the rest of the answer fails.
            track?.Complete();
            await speaking;
        }

        await turn.Hold.Released.WaitAsync(turn.Cancelled);
    }

    private static Task SpeakWrittenAsync(Turn turn, SpeechTrack? track)
    {
        foreach (var sentence in turn.Record.Sentences)
        {
            track?.Add(new Sentence { Sequence = sentence.Sequence, Text = sentence.Text, Language = sentence.Language });
        }

        return Task.CompletedTask;
    }

    /// <summary>The guide's own words, one sentence.</summary>
    private static async Task SayAsync(Turn turn, string reply, TurnOutput output, SpeechTrack? track)
    {
        turn.Heard.Shown(0, reply);
        track?.Add(new Sentence { Text = reply, Language = turn.Session.SpokenLanguage });
        await output.TextAsync(reply, 0);
    }

    /// <returns>How it ended, for the metrics.</returns>
    private async Task<string> EndByAsync(Turn turn, Outbox outbox, Exception e)
    {
        if (await turn.Hold.TryDiscardAsync())
        {
            return Discarded;
        }

        if (turn.Cancelled.IsCancellationRequested || e is ChannelClosedException)
        {
            // Whoever interrupted it says so to the client; or the client has left.
            return turn.InterruptReason is null ? "left" : "interrupted";
        }

        Log(turn, ErrorInfo.Of(e), e);
        Activity.Current?.SetStatus(ActivityStatusCode.Error);
        await FailAsync(turn, outbox, e);
        return "failed";
    }

    private async Task FailAsync(Turn turn, Outbox outbox, Exception e)
    {
        if (!turn.TryFinish())
        {
            return;
        }

        try
        {
            await errors.SendAsync(outbox, ProtocolException.From(e, turn.RequestId), Activity.Current?.TraceId.ToString(), turn.Cancelled);
            var end = new ResponsePayload { RequestId = turn.RequestId, TurnId = turn.Id, Content = new(), TextStreamSeq = turn.TextEnded ? null : -1, VoiceStreamSeq = -1 };
            await outbox.SendAsync(MessageTypes.Response, end, turn.Cancelled);
            if (turn.Session.Wants(Features.SpeechEvents))
            {
                await outbox.SendAsync(MessageTypes.TurnEnded, new TurnEndedPayload { TurnId = turn.Id, Interrupted = false }, turn.Cancelled);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ChannelClosedException)
        {
            // The client left before it could hear of it.
        }
    }

    /// <summary>For history and analytics; a broker that is away costs them this turn, never the visitor anything.</summary>
    private async Task CloseAsync(Turn turn, string? heard)
    {
        try
        {
            await parts.Publisher.PublishAsync(
                new TurnClosed
                {
                    Session = turn.Session.Id,
                    Turn = turn.Id,
                    Interrupted = heard is not null,
                    HeardText = heard,
                    Language = turn.Session.Language ?? "",
                    ClosedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                },
                CancellationToken.None);
        }
        catch (DependencyException e)
        {
            LogNotClosed(logger, turn.Id, e.Code);
        }
    }

    private void Log(Turn turn, ErrorInfo error, Exception e)
    {
        if (Recovery.Of(error).IsDefect)
        {
            LogDefect(logger, e, turn.Id);
        }
        else
        {
            LogFailed(logger, turn.Id, error.Category, error.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Turn {Turn} ended by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception, long turn);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {Turn} failed: {Category} {Code}")]
    private static partial void LogFailed(ILogger logger, long turn, ErrorCategory category, string code);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Turn {Turn} was closed without an event: {Code}")]
    private static partial void LogNotClosed(ILogger logger, long turn, string code);
}
