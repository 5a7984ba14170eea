using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Museum.VoiceCallService.Microphones;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// One visitor's open microphone. Its sound, what was heard of it and the lack of both come in one line (CallLine), and are handled one
/// after the other:
/// <code>
/// frame    ─► CallMicrophone   in order and clean; CallListener makes utterances of it by voice activity
/// heard    ─► CallAnswers      an utterance's final transcript: answered, asked again, or nothing
/// a tick   ─► CallMicrophone   one that stalls is taken for silent; a voice that stands still for too long goes on
/// </code>
/// </summary>
internal sealed partial class LiveCall : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly SoundQuality quality = new();
    private readonly CallParts parts;
    private readonly ClientSession session;
    private readonly CallLine line;
    private readonly CallListener listener;
    private readonly CallMicrophone microphone;
    private readonly CallAnswers answers;
    private readonly Task running;

    /// <param name="session">Whose microphone.</param>
    /// <param name="outbox">To the client.</param>
    /// <param name="desk">The turns of the session.</param>
    /// <param name="parts">What every call shares.</param>
    /// <param name="parent">The trace of the connection.</param>
    /// <param name="asked">Told of every question: the session lives on.</param>
    public LiveCall(ClientSession session, Outbox outbox, TurnDesk desk, CallParts parts, ActivityContext parent, Action asked)
    {
        (this.session, this.parts) = (session, parts);
        var options = parts.Options.CurrentValue;
        var messages = new CallMessages(session, outbox);
        var turns = new CallTurns(session, desk, messages, parts.Time, parent);
        var interruption = new GuideInterruption(desk, turns, options, session.SpokenLanguage);
        session.Answered = quality.Answered;
        var echo = options.EchoCancellation ? new EchoWatch(parts.Time) : null;
        if (echo is not null)
        {
            session.Played = echo.Played;
            desk.Voice.Stopped += echo.Paused;
            desk.Voice.Resumed += echo.Resumed;
        }

        line = new CallLine(parts.Telemetry, quality, parts.Time, over.Token);
        listener = new CallListener(session, desk, turns, interruption, messages, echo, parts, line.HeardAsync, over.Token);
        microphone = new CallMicrophone(listener, quality, new MicrophoneCleaner(parts.Microphone.CurrentValue), options.Stall, parts.Time);
        answers = new CallAnswers(session, desk, turns, interruption, messages, parts, asked);
        parts.Telemetry.Began();
        running = RunAsync(over.Token);
    }

    /// <inheritdoc cref="CallLine.Hear"/>
    public void Hear(ReadOnlySpan<short> pcm, uint? firstSample) => line.Hear(pcm, firstSample);

    public async ValueTask DisposeAsync()
    {
        (session.Played, session.Answered) = (null, null);
        await over.CancelAsync();
        await running;
        await line.DisposeAsync();
        listener.Dispose();
        microphone.Dispose();
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
            await foreach (var input in line.ReadAllAsync(ct))
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
        else
        {
            await (input.Samples is { } samples ? microphone.HearAsync(samples.AsMemory(0, input.Length), input.FirstSample, ct) : microphone.LookAsync(ct));
        }

        while (listener.NextReady() is { } utterance)
        {
            using (utterance)
            {
                await answers.SettleAsync(utterance, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An utterance was lost by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception);
}
