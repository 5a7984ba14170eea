using System.Runtime.CompilerServices;
using Museum.VoiceCallService.EndOfTurn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Makes utterances of a microphone's sound:
/// <code>
/// onset      an utterance begins, from before its first sound; recognition begins to listen
/// confirmed  it is speech: SPEECH_STARTED
/// pause      200 ms: the answer to the words so far is composed and held; how long the pause may be, those words decide
/// ended      SPEECH_STOPPED; its final transcript is awaited beside
/// </code>
/// Not thread-safe: the call handles one thing after the other.
/// </summary>
internal sealed class CallListener : IDisposable
{
    /// <summary>Sooner, recognition would be opened for every click.</summary>
    private static readonly TimeSpan ListenAfter = TimeSpan.FromMilliseconds(64);

    /// <summary>The guide does not stand still for longer; whose words become clear later may still interrupt it.</summary>
    private static readonly TimeSpan PatienceForWords = TimeSpan.FromMilliseconds(1_200);

    private static readonly TimeSpan LongestWhilePaused = TimeSpan.FromMilliseconds(500);

    /// <summary>It takes so long to be sure that somebody speaks over the guide's echo: 500 ms.</summary>
    private const int OverEcho = UtteranceAudio.SampleRate / 2;

    private readonly Queue<SpeechEvent> changes = new();
    private readonly LookBack lookBack = new();
    private readonly short[] lastSecond = new short[LookBack.Samples];
    // Whose final transcripts are awaited; a second hearing of one takes 2 s, in which nobody says more than a few.
    private readonly List<CallUtterance> finishing = [];
    private readonly ClientSession session;
    private readonly TurnDesk desk;
    private readonly CallTurns turns;
    private readonly GuideInterruption interruption;
    private readonly CallMessages messages;
    private readonly EchoWatch? echo;
    private readonly CallParts parts;
    private readonly Func<CallUtterance, Task> heard;
    private readonly CancellationToken callEnds;
    private readonly CallOptions options;
    private readonly CallEar ear;
    private readonly EndOfTurnRule endOfTurn;
    private readonly Action<SpeechEvent> noteChange;
    private CallUtterance? speaking;

    public CallListener(
        ClientSession session, TurnDesk desk, CallTurns turns, GuideInterruption interruption, CallMessages messages, EchoWatch? echo, CallParts parts,
        Func<CallUtterance, Task> heard, CancellationToken callEnds)
    {
        (this.session, this.desk, this.turns, this.interruption, this.messages, this.echo, this.parts, this.heard, this.callEnds) =
            (session, desk, turns, interruption, messages, echo, parts, heard, callEnds);
        options = parts.Options.CurrentValue;
        noteChange = changes.Enqueue;
        ear = new CallEar(parts.Engine, parts.VoiceActivity.CurrentValue);
        endOfTurn = new EndOfTurnRule(parts.EndOfTurn.CurrentValue);
    }

    public bool IsSpeaking => speaking is not null;

    // With every frame: what it awaits is seldom there at once, and nothing is to be made for that.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask HearAsync(ReadOnlyMemory<short> samples, CancellationToken ct)
    {
        lookBack.Add(samples.Span);
        var fits = speaking?.Audio.Append(samples.Span);
        await ear.HearAsync(samples, noteChange, ct);
        while (changes.TryDequeue(out var change))
        {
            await ChangeAsync(change, ct);
        }

        if (speaking is not { } utterance)
        {
            echo?.Nobody(Duration(samples.Length));
        }
        else
        {
            await (fits == false ? EndAsync(utterance, ct) : FollowAsync(utterance, samples.Length, ct));
        }
    }

    /// <summary>In the order in which they were spoken: the answer to the older must not take the place of the newer one's.</summary>
    public CallUtterance? NextReady()
    {
        if (finishing.Count == 0 || !finishing[0].IsReady)
        {
            return null;
        }

        var utterance = finishing[0];
        finishing.RemoveAt(0);
        return utterance;
    }

    /// <summary>What is being said is lost.</summary>
    public Task GiveUpAsync(CancellationToken ct) => speaking is { } utterance ? DropAsync(utterance, ct) : desk.ResumeAsync(ct);

    /// <summary>Lets the guide go on when nobody speaks and the words of who did are long in coming.</summary>
    public ValueTask LoseInterestAsync(CancellationToken ct) =>
        speaking is null && finishing.TrueForAll(u => parts.Time.GetElapsedTime(u.EndedAt) > PatienceForWords) ? new(desk.ResumeAsync(ct)) : default;

    public void Dispose()
    {
        speaking?.Dispose();
        finishing.ForEach(u => u.Dispose());
    }

    private async Task ChangeAsync(SpeechEvent change, CancellationToken ct)
    {
        if (change.Change == SpeechChange.Onset)
        {
            speaking = Begin(change.AtSample);
        }

        if (speaking is not { } utterance)
        {
            return;
        }

        switch (change.Change)
        {
            case SpeechChange.Confirmed:
                utterance.IsConfirmed = true;
                break;
            case SpeechChange.Resumed:
                utterance.WasForeseen = false;
                await turns.ForgetAsync(utterance, ct);
                break;
            case SpeechChange.FalseAlarm:
                await DropAsync(utterance, ct);
                break;
            case SpeechChange.Ended:
                await EndAsync(utterance, ct);
                break;
        }
    }

    /// <summary>With every frame of an utterance.</summary>
    private async Task FollowAsync(CallUtterance utterance, int samples, CancellationToken ct)
    {
        utterance = await WithoutEchoAsync(utterance, ct);
        utterance.Voiced = ear.Voiced - utterance.VoicedBefore;
        utterance.Lasts += Duration(samples);
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

    private CallUtterance Begin(long atSample)
    {
        var utterance = new CallUtterance(atSample, callEnds) { EchoIsUnlikely = echo?.IsUnlikely == true };
        utterance.Audio.Append(lastSecond.AsSpan(0, lookBack.Read(atSample, lastSecond)));
        return utterance;
    }

    /// <summary>Who begins to speak over the guide's echo is heard from there on, and not the guide.</summary>
    private async Task<CallUtterance> WithoutEchoAsync(CallUtterance utterance, CancellationToken ct)
    {
        var wasEcho = utterance.IsEcho;
        echo?.Listen(utterance, lookBack);
        if (!wasEcho || utterance.IsEcho || utterance.EchoIsUnlikely)
        {
            return utterance;
        }

        await DropAsync(utterance, ct);
        speaking = Begin(lookBack.Total - OverEcho);
        speaking.IsConfirmed = true;
        speaking.VoicedBefore = ear.Voiced - Duration(OverEcho);
        return speaking;
    }

    private bool MayForesee(CallUtterance utterance, string hypothesis) =>
        options.ComposeAhead && !utterance.WasForeseen && ear.Phase == SpeechPhase.MaybeEnd && ear.Silent >= options.ComposeAfter
        && hypothesis.Length > 0 && !CallPhrases.IsStop(Spoken.Bare(hypothesis)) && desk.Running is null;

    private async Task EndAsync(CallUtterance utterance, CancellationToken ct)
    {
        if (!utterance.IsConfirmed || utterance.Heard is null || utterance.IsEcho)
        {
            if (utterance.IsEcho)
            {
                echo?.Found();
            }

            parts.Telemetry.Utterance(utterance.IsEcho ? "echo" : "nothing");
            await DropAsync(utterance, ct);
            return;
        }

        speaking = null;
        utterance.EndedAt = LastSpeechAt();
        utterance.Silence = ear.Silent;
        utterance.Audio.End();
        finishing.Add(utterance);
        await StoppedAsync(utterance, ct);
    }

    private ValueTask StoppedAsync(CallUtterance utterance, CancellationToken ct) =>
        utterance.IsAnnounced ? messages.SpeechStoppedAsync(ear.Judged, ct) : ValueTask.CompletedTask;

    private async Task DropAsync(CallUtterance utterance, CancellationToken ct)
    {
        speaking = null;
        await StoppedAsync(utterance, ct);
        await turns.ForgetAsync(utterance, ct);
        utterance.Dispose();
        await desk.ResumeAsync(ct);
    }

    private static TimeSpan Duration(int samples) => TimeSpan.FromSeconds((double)samples / UtteranceAudio.SampleRate);

    private long LastSpeechAt() => parts.Time.GetTimestamp() - (long)(ear.Silent.TotalSeconds * parts.Time.TimestampFrequency);
}
