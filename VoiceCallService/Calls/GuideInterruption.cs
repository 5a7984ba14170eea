using Museum.VoiceCallService.BargeIn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Speech while the guide speaks:
/// <code>
/// 64 ms of it                        the voice pauses, unless it may be the guide's own echo
/// words that mean something          the turn is interrupted
/// it ends and was a cough, a "mhm"   the voice goes on where it stopped
/// </code>
/// </summary>
internal sealed class GuideInterruption(TurnDesk desk, CallTurns turns, CallOptions options, string language)
{
    // Of an "ok" a recogniser makes a word or two at once; of speech it makes them as they are spoken.
    private static readonly TimeSpan WordsAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SingleWordAfter = TimeSpan.FromMilliseconds(650);

    // Of what lasts long enough to be an interruption without known words, the rest may be plosives and breath.
    private const double LeastVoiced = 0.7;

    /// <summary>While it is spoken.</summary>
    public async Task WatchAsync(CallUtterance utterance, CancellationToken ct)
    {
        if (desk.Running is null || !utterance.MayBeSpeech || utterance.Voiced < options.PauseAfter)
        {
            return;
        }

        await desk.PauseAsync("USER_SPEECH", ct);
        if (utterance.IsConfirmed && !utterance.IsEcho && IsMeant(utterance))
        {
            await InterruptAsync(ct);
        }
    }

    /// <summary>When its final transcript is there.</summary>
    /// <returns>False: it was not meant for the guide, which goes on.</returns>
    public async Task<bool> SettleAsync(CallUtterance utterance, HeardUtterance heard, CancellationToken ct)
    {
        var worth = utterance.IsEcho ? SpeechWorth.Nothing : SpeechContent.Weigh(heard.Text, language);
        if (desk.Running is null)
        {
            // "What is this?" has not one word of content, and is a question all the same.
            return !utterance.IsEcho && heard.Text.Length > 0 && worth != SpeechWorth.Backchannel && (worth == SpeechWorth.Words || !heard.LowConfidence);
        }

        if (worth == SpeechWorth.Words && (!heard.LowConfidence || utterance.Voiced >= options.InterruptAfter))
        {
            await InterruptAsync(ct);
            return true;
        }

        await desk.ResumeAsync(ct);
        return false;
    }

    private bool IsMeant(CallUtterance utterance) => SpeechContent.Weigh(utterance.Hypothesis, language) switch
    {
        SpeechWorth.Words => utterance.Voiced >= (Spoken.CountWords(utterance.Hypothesis) > 1 ? WordsAfter : SingleWordAfter),
        SpeechWorth.Backchannel => false,
        _ => utterance.IsStillSpoken && utterance.Lasts >= options.InterruptAfter && utterance.Voiced >= LeastVoiced * options.InterruptAfter,
    };

    private async Task InterruptAsync(CancellationToken ct)
    {
        if (desk.Running is not { } turn)
        {
            return;
        }

        await desk.InterruptAsync(null, "USER_VOICE_INPUT", acknowledge: false, ct);
        if (turn.InterruptReason is not null && turn.IsSpokenQuestion && turn.Heard.Text(turn.WasSpoken).Length == 0)
        {
            turns.CutOffTooEarly(turn.Text);
        }
    }
}
