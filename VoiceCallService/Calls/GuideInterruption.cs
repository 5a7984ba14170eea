using Museum.VoiceCallService.BargeIn;
using Museum.VoiceCallService.EndOfTurn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Speech while the guide speaks:
/// <code>
/// 64 ms of it                                     the voice pauses, unless it may be the guide's own echo
/// it goes on after 700 ms, and is surely speech   the turn is interrupted, unless it is "mhm, very nice"
/// it ends, and was a command or a sentence        the turn is interrupted
/// it ends, and was a cough, a "mhm"               the voice goes on where it stopped
/// </code>
/// </summary>
internal sealed class GuideInterruption(TurnDesk desk, CallTurns turns, CallOptions options, string language)
{
    // How much must surely be speech, measured on recorded coughs and sneezes, and on recorded and synthesized speech. Of 700 ms: of speech
    // 350 at the latest 200 ms later, a pause after "wait" included, and 600 where no words are made of it yet; of a sneeze up to 480.
    private const double CertainWithWords = 0.5;
    private const double CertainWithoutWords = 0.75;

    // Of all that is voiced: of a short "stop" half, of a sentence 65 %; of coughs up to 38 %, of sneezes up to 57 %.
    private const double CertainOfShort = 0.45;
    private const double CertainOfDoubtfulWords = 0.65;

    /// <summary>Faster than four words a second nobody asks; "who owned Gate" is heard of an "ok" that takes 670 ms.</summary>
    private static readonly TimeSpan LeastPerWord = TimeSpan.FromMilliseconds(250);

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

    /// <summary>A cough or a sneeze into the guide's speech, whatever words may be heard of it: it is not waited for.</summary>
    public bool IsNoise(CallUtterance utterance) => desk.Running is not null && utterance.Certain < CertainOfShort * utterance.Voiced;

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

        if (worth == SpeechWorth.Words && IsSentence(utterance, heard))
        {
            await InterruptAsync(ct);
            return true;
        }

        await desk.ResumeAsync(ct);
        return false;
    }

    /// <summary>Words alone do not decide: of an "ok" and of a cough a recogniser makes "who owned" at once. That it goes on does.</summary>
    private bool IsMeant(CallUtterance utterance) =>
        utterance.IsStillSpoken && utterance.Lasts >= options.InterruptAfter && SpeechContent.Weigh(utterance.Hypothesis, language) switch
        {
            SpeechWorth.Words => utterance.Certain >= CertainWithWords * options.InterruptAfter,
            SpeechWorth.Backchannel => false,
            _ => utterance.Certain >= CertainWithoutWords * options.InterruptAfter,
        };

    /// <summary>"Who owned", "and I tell" are what short sounds and the guide's own syllables are taken for: what is short must be whole.</summary>
    private bool IsSentence(CallUtterance utterance, HeardUtterance heard)
    {
        var sense = EndOfTurnRule.Judge(heard.Text, language);
        return utterance.Voiced >= options.InterruptAfter
            ? sense is not (Sense.Unfinished or Sense.Hesitating) && (!heard.LowConfidence || utterance.Certain >= CertainOfDoubtfulWords * utterance.Voiced)
            : !heard.LowConfidence
                && (SpeechContent.IsCommand(heard.Text, language) || (sense == Sense.Complete && utterance.Voiced >= LeastPerWord * Spoken.CountWords(heard.Text)));
    }

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
