using System.Diagnostics;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Makes turns of what was said:
/// <code>
/// a pause        the answer to the words so far is composed and held
/// the end        the final words are the same: it is released; else they are asked outright
/// in doubt       the guide asks again instead of guessing
/// </code>
/// </summary>
internal sealed class CallTurns(ClientSession session, TurnDesk desk, CallMessages messages, TimeProvider time, ActivityContext parent)
{
    private string unanswered = "";

    private string Language => session.SpokenLanguage;

    /// <summary>What was said before it was cut off too early: its answer was interrupted before anything of it was heard.</summary>
    public void CutOffTooEarly(string text) => unanswered = text;

    public void ForgetCutOff() => unanswered = "";

    public async Task ForeseeAsync(CallUtterance utterance, CancellationToken ct)
    {
        // A function of the client may do something that cannot be undone.
        if (session.Functions.Count == 0)
        {
            var text = Whole(utterance.Hypothesis);
            utterance.Held = await desk.HoldAsync(Question(text) with { AskedAt = utterance.EndedAt }, ct);
        }
    }

    public async Task ForgetAsync(CallUtterance utterance, CancellationToken ct)
    {
        if (utterance.Held is not null)
        {
            utterance.Held = null;
            await desk.DiscardAsync(ct);
        }
    }

    public async Task AnswerAsync(CallUtterance utterance, HeardUtterance heard, CancellationToken ct)
    {
        var text = Whole(heard.Text);
        if (utterance.Held is { } held && !heard.LowConfidence && Spoken.AreSame(held.Text, text))
        {
            Note(held, utterance);
            if (await desk.ReleaseAsync(held, () => messages.FinalAsync(heard, held.Id, ct), ct))
            {
                return;
            }
        }

        await messages.FinalAsync(heard, null, ct);
        await ForgetAsync(utterance, ct);
        var question = Question(text) with
        {
            AskedAt = utterance.EndedAt,
            Reply = heard.LowConfidence ? CallPhrases.AskAgain(Language, heard.Text) : null,
        };
        await desk.AskAsync(question, turn => Note(turn, utterance), ct);
    }

    public Task SayAsync(string reply, CancellationToken ct) => desk.AskAsync(Question("") with { Reply = reply }, null, ct);

    private string Whole(string text) => unanswered.Length == 0 ? text : $"{unanswered} {text}";

    private Question Question(string text) => new(text) { WantsVoice = session.RequireTts, EnableSrs = session.EnableSrs, Parent = parent };

    private void Note(Turn turn, CallUtterance utterance)
    {
        turn.StartedAt = utterance.EndedAt;
        turn.Times.EndOfTurnMs = utterance.Silence.TotalMilliseconds;
        turn.Times.TranscriptMs = time.GetElapsedTime(utterance.EndedAt).TotalMilliseconds;
    }
}
