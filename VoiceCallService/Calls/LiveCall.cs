using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Museum.VoiceCallService.Buffers;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Microphones;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// One visitor's open microphone. Its sound, what was heard of it and the lack of both come in one line, and are handled one after the
/// other:
/// <code>
/// frame    ─► CallListener   voice activity makes utterances of it
/// heard    ─► CallAnswers    an utterance's final transcript: answered, asked again, or nothing
/// a tick   ─► a microphone that stalls is taken for silent; a voice that stands still for too long goes on
/// </code>
/// </summary>
internal sealed partial class LiveCall : IAsyncDisposable
{
    /// <summary>Five seconds in frames of 20 ms. The reader of the socket never waits: what does not fit is lost, and counted.</summary>
    private const int MostWaiting = 256;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What a microphone that stalls is taken to have sent between two ticks.</summary>
    private static readonly short[] Silence = new short[UtteranceAudio.SampleRate / 10];

    private readonly Channel<CallInput> inputs = Channel.CreateBounded<CallInput>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource over = new();
    private readonly CancellationToken ends;
    private readonly CallParts parts;
    private readonly TimeSpan stall;
    private readonly MicrophoneCleaner cleaner;
    private readonly JitterBuffer numbered;
    private readonly short[] inOrder = new short[UtteranceAudio.SampleRate / 10];
    private readonly SoundQuality quality = new();
    private readonly CallListener listener;
    private readonly CallAnswers answers;
    private readonly ClientSession session;
    private readonly ITimer ticking;
    private readonly Task running;
    private long lastFrameAt;

    /// <param name="session">Whose microphone.</param>
    /// <param name="outbox">To the client.</param>
    /// <param name="desk">The turns of the session.</param>
    /// <param name="parts">What every call shares.</param>
    /// <param name="parent">The trace of the connection.</param>
    /// <param name="asked">Told of every question: the session lives on.</param>
    public LiveCall(ClientSession session, Outbox outbox, TurnDesk desk, CallParts parts, ActivityContext parent, Action asked)
    {
        (this.session, this.parts, ends) = (session, parts, over.Token);
        var options = parts.Options.CurrentValue;
        var messages = new CallMessages(session, outbox);
        var turns = new CallTurns(session, desk, messages, parts.Time, parent);
        var interruption = new GuideInterruption(desk, turns, options, session.SpokenLanguage);
        stall = options.Stall;
        numbered = new JitterBuffer(parts.Time);
        cleaner = new MicrophoneCleaner(parts.Microphone.CurrentValue);
        session.Answered = quality.Answered;
        var echo = options.EchoCancellation ? new EchoWatch(parts.Time) : null;
        if (echo is not null)
        {
            session.Played = echo.Played;
            desk.Voice.Stopped += echo.Paused;
            desk.Voice.Resumed += echo.Resumed;
        }

        listener = new CallListener(session, desk, turns, interruption, messages, echo, parts, HeardAsync, ends);
        answers = new CallAnswers(session, desk, turns, interruption, messages, parts, asked);
        lastFrameAt = parts.Time.GetTimestamp();
        ticking = parts.Time.CreateTimer(_ => inputs.Writer.TryWrite(default), null, TickEvery, TickEvery);
        parts.Telemetry.Began();
        running = RunAsync(ends);
    }

    /// <param name="pcm">16 kHz mono; copied.</param>
    /// <param name="firstSample">Its place, where the client numbers its frames.</param>
    public void Hear(ReadOnlySpan<short> pcm, uint? firstSample)
    {
        var frame = CallInput.Frame(pcm, firstSample);
        if (!inputs.Writer.TryWrite(frame))
        {
            frame.Return();
            parts.Telemetry.FrameDropped();
            quality.Lost(frame.Length);
        }
    }

    public async ValueTask DisposeAsync()
    {
        (session.Played, session.Answered) = (null, null);
        await ticking.DisposeAsync();
        await over.CancelAsync();
        await running;
        listener.Dispose();
        numbered.Dispose();
        while (inputs.Reader.TryRead(out var left))
        {
            left.Return();
        }

        over.Dispose();
        parts.Telemetry.Ended();
        if (quality.Sum() is { } heard)
        {
            await parts.Quality.RecordAsync(heard);
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var input in inputs.Reader.ReadAllAsync(ct))
            {
                await TryHandleAsync(input, ct);
                input.Return();
            }
        }
        catch (Exception e) when (ct.IsCancellationRequested || e is ChannelClosedException)
        {
            // The call is over.
        }
    }

    /// <summary>A defect costs the utterance that met it, never the call: whoever speaks next is heard, and the guide does not stand still.</summary>
    private async ValueTask TryHandleAsync(CallInput input, CancellationToken ct)
    {
        try
        {
            await HandleAsync(input, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not ChannelClosedException)
        {
            LogDefect(parts.Logger, e);
            await listener.GiveUpAsync(ct);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask HandleAsync(CallInput input, CancellationToken ct)
    {
        if (input.Heard is { } heard)
        {
            heard.IsReady = true;
        }
        else if (input.Samples is { } samples)
        {
            lastFrameAt = parts.Time.GetTimestamp();
            if (input.FirstSample is { } first)
            {
                var lost = numbered.Samples.Lost;
                numbered.Add(first, samples.AsSpan(0, input.Length));
                await HearNumberedAsync(lost, ct);
            }
            else
            {
                await HearAsync(samples.AsMemory(0, input.Length), ct);
            }
        }
        else
        {
            await HearNumberedAsync(numbered.Samples.Lost, ct);
            await (listener.IsSpeaking && parts.Time.GetElapsedTime(lastFrameAt) >= stall ? listener.HearAsync(Silence, ct) : listener.LoseInterestAsync(ct));
        }

        while (listener.NextReady() is { } utterance)
        {
            using (utterance)
            {
                await answers.SettleAsync(utterance, ct);
            }
        }
    }

    /// <summary>What follows without a gap, and gaps that were waited for.</summary>
    private async ValueTask HearNumberedAsync(long lost, CancellationToken ct)
    {
        while (numbered.Read(inOrder) is > 0 and var count)
        {
            await HearAsync(inOrder.AsMemory(0, count), ct);
        }

        quality.Lost(numbered.Samples.Lost - lost);
    }

    private ValueTask HearAsync(ReadOnlyMemory<short> samples, CancellationToken ct)
    {
        quality.Add(samples.Span, listener.IsSpeaking);
        return listener.HearAsync(cleaner.Clean(samples), ct);
    }

    private async Task HeardAsync(CallUtterance utterance)
    {
        try
        {
            await inputs.Writer.WriteAsync(new CallInput(null, 0, Heard: utterance), ends);
        }
        catch (OperationCanceledException)
        {
            // The call ended before it was heard.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An utterance was lost by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception);
}
