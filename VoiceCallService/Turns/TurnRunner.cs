using System.Diagnostics;
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
internal sealed class TurnRunner(GuideDialogue dialogue, SpeechParts parts, TurnClosing closing, TimeProvider time)
{
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
        var outcome = TurnClosing.Complete;
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
                outcome = TurnClosing.Interrupted;
            }
        }
        catch (Exception e)
        {
            outcome = await closing.EndByAsync(turn, outbox, e);
        }

        closing.Close(turn, outcome);
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
}
