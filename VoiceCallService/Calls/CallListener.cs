using System.Runtime.CompilerServices;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Makes utterances of a microphone's sound:
/// <code>
/// onset      an utterance begins, from before its first sound (UtteranceBeginning)
/// confirmed  it is speech, and followed as it is spoken (UtteranceFollower)
/// ended      SPEECH_STOPPED; its final transcript is awaited beside (AwaitedUtterances)
/// </code>
/// Not thread-safe: the call handles one thing after the other.
/// </summary>
internal sealed class CallListener : IDisposable
{
    private readonly Queue<SpeechEvent> changes = new();
    private readonly TurnDesk desk;
    private readonly CallTurns turns;
    private readonly CallMessages messages;
    private readonly EchoWatch? echo;
    private readonly GuideInterruption interruption;
    private readonly CallTelemetry telemetry;
    private readonly CallEar ear;
    private readonly UtteranceBeginning beginning;
    private readonly UtteranceFollower follower;
    private readonly AwaitedUtterances awaited;
    private readonly Action<SpeechEvent> noteChange;
    private CallUtterance? speaking;

    public CallListener(
        ClientSession session, TurnDesk desk, CallTurns turns, GuideInterruption interruption, CallMessages messages, EchoWatch? echo, CallParts parts,
        Func<CallUtterance, Task> heard, CancellationToken callEnds)
    {
        (this.desk, this.turns, this.interruption, this.messages, this.echo, telemetry) = (desk, turns, interruption, messages, echo, parts.Telemetry);
        noteChange = changes.Enqueue;
        ear = new CallEar(parts.Engine, parts.VoiceActivity.CurrentValue);
        beginning = new UtteranceBeginning(echo, callEnds);
        follower = new UtteranceFollower(session, desk, turns, interruption, messages, parts, heard, ear);
        awaited = new AwaitedUtterances(parts.Time);
    }

    public bool IsSpeaking => speaking is not null;

    // With every frame: what it awaits is seldom there at once, and nothing is to be made for that.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask HearAsync(ReadOnlyMemory<short> samples, CancellationToken ct)
    {
        beginning.Add(samples.Span);
        var fits = speaking?.Audio.Append(samples.Span);
        await ear.HearAsync(samples, noteChange, ct);
        while (changes.TryDequeue(out var change))
        {
            await ChangeAsync(change, ct);
        }

        var lasts = TimeSpan.FromSeconds((double)samples.Length / UtteranceAudio.SampleRate);
        if (speaking is not { } utterance)
        {
            echo?.Nobody(lasts);
        }
        else
        {
            await (fits == false ? EndAsync(utterance, ct) : FollowAsync(utterance, lasts, ct));
        }
    }

    public CallUtterance? NextReady() => awaited.NextReady();

    /// <summary>What is being said is lost.</summary>
    public Task GiveUpAsync(CancellationToken ct) => speaking is { } utterance ? DropAsync(utterance, ct) : desk.ResumeAsync(ct);

    /// <summary>Lets the guide go on when nobody speaks and the words of who did are long in coming.</summary>
    public ValueTask LoseInterestAsync(CancellationToken ct) => speaking is null && awaited.AreLate ? new(desk.ResumeAsync(ct)) : default;

    public void Dispose()
    {
        speaking?.Dispose();
        awaited.Dispose();
    }

    private async Task ChangeAsync(SpeechEvent change, CancellationToken ct)
    {
        if (change.Change == SpeechChange.Onset)
        {
            speaking = beginning.Begin(change.AtSample);
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

    private async Task FollowAsync(CallUtterance utterance, TimeSpan lasts, CancellationToken ct)
    {
        var examined = beginning.Examine(utterance, ear.Voiced, ear.Certain);
        if (examined != utterance)
        {
            await DropAsync(utterance, ct);
            speaking = examined;
        }

        await follower.FollowAsync(examined, lasts, ct);
    }

    private async Task EndAsync(CallUtterance utterance, CancellationToken ct)
    {
        if (!utterance.IsConfirmed || utterance.Heard is null || utterance.IsEcho || interruption.IsNoise(utterance))
        {
            if (utterance.IsEcho)
            {
                echo?.Found();
            }

            telemetry.Utterance(utterance.IsEcho ? "echo" : "nothing");
            await DropAsync(utterance, ct);
            return;
        }

        speaking = null;
        utterance.EndedAt = follower.LastSpeechAt();
        utterance.Silence = ear.Silent;
        utterance.Audio.End();
        awaited.Add(utterance);
        await StoppedAsync(utterance, ct);
    }

    private ValueTask StoppedAsync(CallUtterance utterance, CancellationToken ct) => utterance.IsAnnounced ? messages.SpeechStoppedAsync(ear.Judged, ct) : default;

    private async Task DropAsync(CallUtterance utterance, CancellationToken ct)
    {
        speaking = null;
        await StoppedAsync(utterance, ct);
        await turns.ForgetAsync(utterance, ct);
        utterance.Dispose();
        await desk.ResumeAsync(ct);
    }
}
