using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Grpc.Core;
using Museum.ServiceDefaults.Errors;
using Museum.VoiceCallService.EndOfTurn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// One visitor's open microphone. Its sound, what was heard of it and the lack of both come in one line, and are handled one after the
/// other:
/// <code>
/// frame ─► look-back ─► ear ─┬─ onset      an utterance begins, from before its first sound
///                            ├─ confirmed  it is speech: SPEECH_STARTED
///                            ├─ pause      200 ms: the answer to the words so far is composed and held
///                            └─ ended      SPEECH_STOPPED; its final transcript is awaited beside
/// heard ─► answered, asked again, or nothing
/// </code>
/// </summary>
internal sealed partial class LiveCall : IAsyncDisposable
{
    /// <summary>Five seconds in frames of 20 ms. The reader of the socket never waits: what does not fit is lost, and counted.</summary>
    private const int MostWaiting = 256;

    /// <summary>Sooner, recognition would be opened for every click.</summary>
    private static readonly TimeSpan ListenAfter = TimeSpan.FromMilliseconds(64);

    /// <summary>The guide does not stand still for longer; whose words become clear later may still interrupt it.</summary>
    private static readonly TimeSpan PatienceForWords = TimeSpan.FromMilliseconds(1_200);

    /// <summary>What a microphone that stalls is taken to have sent: 100 ms.</summary>
    private static readonly short[] Silence = new short[UtteranceAudio.SampleRate / 10];

    private readonly Channel<CallInput> inputs = Channel.CreateBounded<CallInput>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Queue<SpeechEvent> changes = new();
    private readonly LookBack lookBack = new();
    private readonly CancellationTokenSource over = new();
    private readonly ClientSession session;
    private readonly TurnDesk desk;
    private readonly CallParts parts;
    private readonly CallOptions options;
    private readonly CallEar ear;
    private readonly CallMessages messages;
    private readonly CallTurns turns;
    private readonly GuideInterruption interruption;
    private readonly EndOfTurnRule endOfTurn;
    private readonly Action touched;
    private readonly ITimer watching;
    private readonly Task running;
    private CallUtterance? speaking;
    // Whose final transcripts are awaited; a second hearing of one takes 2 s, in which nobody says more than a few.
    private readonly List<CallUtterance> finishing = [];
    private long lastFrameAt;
    private long? deafSince;

    public LiveCall(ClientSession session, Outbox outbox, TurnDesk desk, CallParts parts, ActivityContext parent, Action touched)
    {
        (this.session, this.desk, this.parts, this.touched) = (session, desk, parts, touched);
        options = parts.Options.CurrentValue;
        ear = new CallEar(parts.Engine, parts.VoiceActivity.CurrentValue);
        messages = new CallMessages(session, outbox);
        turns = new CallTurns(session, desk, messages, parts.Time, parent);
        interruption = new GuideInterruption(desk, turns, options, Language);
        endOfTurn = new EndOfTurnRule(parts.EndOfTurn.CurrentValue);
        lastFrameAt = parts.Time.GetTimestamp();
        watching = parts.Time.CreateTimer(_ => inputs.Writer.TryWrite(default), null, options.Stall, TimeSpan.FromSeconds(Silence.Length / (double)UtteranceAudio.SampleRate));
        parts.Telemetry.Began();
        running = RunAsync(over.Token);
    }

    private string Language => session.Language ?? "en";

    /// <param name="pcm">PCM16 little endian, 16 kHz mono; copied.</param>
    public void Hear(ReadOnlySpan<byte> pcm)
    {
        var frame = CallInput.Frame(MemoryMarshal.Cast<byte, short>(pcm));
        if (!inputs.Writer.TryWrite(frame))
        {
            frame.Return();
            parts.Telemetry.FrameDropped();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await watching.DisposeAsync();
        await over.CancelAsync();
        await running;
        speaking?.Dispose();
        finishing.ForEach(u => u.Dispose());
        while (inputs.Reader.TryRead(out var left))
        {
            left.Return();
        }

        over.Dispose();
        parts.Telemetry.Ended();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var input in inputs.Reader.ReadAllAsync(ct))
            {
                try
                {
                    await HandleAsync(input, ct);
                }
                finally
                {
                    input.Return();
                }
            }
        }
        catch (Exception e) when (ct.IsCancellationRequested || e is ChannelClosedException)
        {
            // The call is over.
        }
        catch (Exception e)
        {
            // A defect of ours must not end the service; this call is deaf from here on, and writing still works.
            LogDefect(parts.Logger, e);
        }
    }

    private async Task HandleAsync(CallInput input, CancellationToken ct)
    {
        if (input.Heard is { } heard)
        {
            await SettleAsync(heard, ct);
        }
        else if (input.Samples is { } samples)
        {
            lastFrameAt = parts.Time.GetTimestamp();
            await HearAsync(samples.AsMemory(0, input.Length), ct);
        }
        else
        {
            await TickAsync(ct);
        }
    }

    private async Task TickAsync(CancellationToken ct)
    {
        if (speaking is not null && parts.Time.GetElapsedTime(lastFrameAt) >= options.Stall)
        {
            await HearAsync(Silence, ct);
        }

        if (speaking is null && finishing.TrueForAll(u => parts.Time.GetElapsedTime(u.EndedAt) > PatienceForWords))
        {
            await desk.ResumeAsync(ct);
        }
    }

    private async Task HearAsync(ReadOnlyMemory<short> samples, CancellationToken ct)
    {
        lookBack.Add(samples.Span);
        var fits = speaking?.Audio.Append(samples.Span);
        await ear.HearAsync(samples, changes.Enqueue, ct);
        while (changes.TryDequeue(out var change))
        {
            await ChangeAsync(change, ct);
        }

        if (speaking is { } utterance)
        {
            await (fits == false ? EndAsync(utterance, ear.Judged, ct) : FollowAsync(utterance, ct));
        }
    }

    private async Task ChangeAsync(SpeechEvent change, CancellationToken ct)
    {
        switch (change.Change)
        {
            case SpeechChange.Onset:
                speaking = new CallUtterance(over.Token);
                var before = new short[LookBack.Samples];
                speaking.Audio.Append(before.AsSpan(0, lookBack.Read(change.AtSample, before)));
                break;
            case SpeechChange.Confirmed when speaking is not null:
                speaking.IsConfirmed = true;
                await messages.SpeechStartedAsync(change.AtSample, ct);
                break;
            case SpeechChange.Resumed when speaking is not null:
                speaking.WasForeseen = false;
                await turns.ForgetAsync(speaking, ct);
                break;
            case SpeechChange.FalseAlarm when speaking is not null:
                await DropAsync(speaking, ct);
                break;
            case SpeechChange.Ended when speaking is not null:
                await EndAsync(speaking, change.AtSample, ct);
                break;
        }
    }

    /// <summary>With every frame of an utterance.</summary>
    private async Task FollowAsync(CallUtterance utterance, CancellationToken ct)
    {
        utterance.Voiced = ear.Voiced;
        if (utterance.Heard is null && utterance.Voiced >= ListenAfter)
        {
            Listen(utterance);
        }

        await interruption.WatchAsync(utterance, ct);
        var hypothesis = utterance.Hypothesis;
        if (hypothesis.Length > 0 && hypothesis != utterance.Told && utterance.IsConfirmed)
        {
            utterance.Told = hypothesis;
            messages.Partial(hypothesis);
        }

        ear.EndAfter = endOfTurn.SilenceAfter(hypothesis, Language);
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

    private void Listen(CallUtterance utterance) => utterance.Listen(
        (audio, partial, ct) => parts.Recognizer.RecognizeAsync(audio, session, partial, ct),
        async done =>
        {
            try
            {
                await inputs.Writer.WriteAsync(new CallInput(null, 0, done), over.Token);
            }
            catch (OperationCanceledException)
            {
                // The call ended before it was heard.
            }
        });

    private async Task EndAsync(CallUtterance utterance, long atSample, CancellationToken ct)
    {
        speaking = null;
        if (!utterance.IsConfirmed || utterance.Heard is null)
        {
            await DropAsync(utterance, ct);
            return;
        }

        utterance.EndedAt = LastSpeechAt();
        utterance.Silence = ear.Silent;
        utterance.Audio.End();
        finishing.Add(utterance);
        await messages.SpeechStoppedAsync(atSample, ct);
    }

    private async Task DropAsync(CallUtterance utterance, CancellationToken ct)
    {
        speaking = null;
        await turns.ForgetAsync(utterance, ct);
        utterance.Dispose();
        await desk.ResumeAsync(ct);
    }

    private long LastSpeechAt() => parts.Time.GetTimestamp() - (long)(ear.Silent.TotalSeconds * parts.Time.TimestampFrequency);

    private async Task SettleAsync(CallUtterance utterance, CancellationToken ct)
    {
        if (utterance.IsDropped)
        {
            return;
        }

        if (utterance == speaking)
        {
            // Nobody listens any more, while it is still spoken.
            speaking = null;
        }

        using (utterance)
        {
            finishing.Remove(utterance);
            try
            {
                await AnswerAsync(utterance, await utterance.Heard!, ct);
            }
            catch (Exception e) when (e is MuseumException or RpcException && !ct.IsCancellationRequested)
            {
                parts.Telemetry.Utterance("failed");
                await turns.ForgetAsync(utterance, ct);
                await desk.ResumeAsync(ct);
                await SayDeafAsync(ErrorInfo.Of(e), ct);
            }
        }
    }

    private async Task AnswerAsync(CallUtterance utterance, HeardUtterance heard, CancellationToken ct)
    {
        if (!await interruption.SettleAsync(utterance, heard, ct))
        {
            parts.Telemetry.Utterance(utterance.IsEcho ? "echo" : "nothing");
            await turns.ForgetAsync(utterance, ct);
        }
        else if (CallPhrases.IsStop(Spoken.Bare(heard.Text)))
        {
            parts.Telemetry.Utterance("stop");
            await turns.ForgetAsync(utterance, ct);
            await messages.FinalAsync(heard, null, ct);
        }
        else
        {
            parts.Telemetry.Utterance(heard.LowConfidence ? "asked_again" : "answered");
            touched();
            await turns.AnswerAsync(utterance, heard, ct);
        }
    }

    /// <summary>Said once a minute at the most: the visitor has understood it by then.</summary>
    private async Task SayDeafAsync(ErrorInfo error, CancellationToken ct)
    {
        LogDeaf(parts.Logger, error.Code);
        if (deafSince is { } since && parts.Time.GetElapsedTime(since) < TimeSpan.FromMinutes(1))
        {
            return;
        }

        deafSince = parts.Time.GetTimestamp();
        await turns.SayAsync(CallPhrases.CannotHear(Language), ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A call is deaf by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An utterance was not heard: {Code}")]
    private static partial void LogDeaf(ILogger logger, string code);
}
