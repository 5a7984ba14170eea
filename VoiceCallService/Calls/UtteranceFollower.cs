using Museum.VoiceCallService.EndOfTurn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// What is done for an utterance while it is spoken:
/// <code>
/// it is speech    SPEECH_STARTED
/// 64 ms of it     recognition begins to listen, from before the first sound
/// words           how long a pause may be, they decide; the guide is interrupted, if it speaks
/// a pause         of 200 ms: the answer to the words so far is composed and held
/// </code>
/// </summary>
internal sealed class UtteranceFollower
{
    /// <summary>Sooner, recognition would be opened for every click.</summary>
    private static readonly TimeSpan ListenAfter = TimeSpan.FromMilliseconds(64);

    private static readonly TimeSpan LongestWhilePaused = TimeSpan.FromMilliseconds(500);

    private readonly ClientSession session;
    private readonly TurnDesk desk;
    private readonly CallTurns turns;
    private readonly GuideInterruption interruption;
    private readonly CallMessages messages;
    private readonly CallParts parts;
    private readonly Func<CallUtterance, Task> heard;
    private readonly CallEar ear;
    private readonly CallOptions options;
    private readonly EndOfTurnRule endOfTurn;

    public UtteranceFollower(
        ClientSession session, TurnDesk desk, CallTurns turns, GuideInterruption interruption, CallMessages messages, CallParts parts, Func<CallUtterance, Task> heard, CallEar ear)
    {
        (this.session, this.desk, this.turns, this.interruption, this.messages, this.parts, this.heard, this.ear) =
            (session, desk, turns, interruption, messages, parts, heard, ear);
        options = parts.Options.CurrentValue;
        endOfTurn = new EndOfTurnRule(parts.EndOfTurn.CurrentValue);
    }

    /// <param name="utterance">Being spoken.</param>
    /// <param name="lasts">What has come since this was last asked.</param>
    /// <param name="ct">The call ends.</param>
    public async Task FollowAsync(CallUtterance utterance, TimeSpan lasts, CancellationToken ct)
    {
        (utterance.Voiced, utterance.Certain) = (ear.Voiced - utterance.VoicedBefore, ear.Certain - utterance.CertainBefore);
        utterance.Lasts += lasts;
        utterance.IsStillSpoken = ear.Silent == TimeSpan.Zero;
        if (!utterance.MayBeSpeech)
        {
            return;
        }

        if (utterance.IsConfirmed && !utterance.IsAnnounced)
        {
            utterance.IsAnnounced = true;
            await messages.SpeechStartedAsync(utterance.BeganAt, ct);
        }

        if (utterance.Heard is null && utterance.Voiced >= ListenAfter)
        {
            var wish = new HearingWish(options.Patience, EarlyPartials: desk.Running is not null);
            utterance.Listen((audio, partial, over) => parts.Recognizer.RecognizeAsync(audio, session, wish, partial, over), heard);
        }

        await interruption.WatchAsync(utterance, ct);
        await WeighAsync(utterance, ct);
    }

    /// <summary>When the last word ended, in ticks of the clock.</summary>
    public long LastSpeechAt() => parts.Time.GetTimestamp() - (long)(ear.Silent.TotalSeconds * parts.Time.TimestampFrequency);

    private async Task WeighAsync(CallUtterance utterance, CancellationToken ct)
    {
        var hypothesis = utterance.Hypothesis;
        if (hypothesis.Length > 0 && hypothesis != utterance.Told && utterance.IsConfirmed)
        {
            utterance.Told = hypothesis;
            messages.Partial(hypothesis);
        }

        var silence = endOfTurn.SilenceAfter(hypothesis, session.SpokenLanguage);
        // While the guide stands still for it, an "um" is not waited on.
        ear.EndAfter = desk.Running is null || silence < LongestWhilePaused ? silence : LongestWhilePaused;
        if (MayForesee(utterance, hypothesis))
        {
            utterance.WasForeseen = true;
            utterance.EndedAt = LastSpeechAt();
            await turns.ForeseeAsync(utterance, ct);
        }
    }

    private bool MayForesee(CallUtterance utterance, string hypothesis) =>
        options.ComposeAhead && !utterance.WasForeseen && ear.Phase == SpeechPhase.MaybeEnd && ear.Silent >= options.ComposeAfter
        && hypothesis.Length > 0 && !CallPhrases.IsStop(Spoken.Bare(hypothesis)) && desk.Running is null;
}
