using System.Runtime.CompilerServices;
using Museum.VoiceCallService.Buffers;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Microphones;
using Museum.VoiceCallService.Quality;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Brings one call's microphone to its listener: numbered frames in their order, measured, and without the room's noise where that is
/// asked for. Not thread-safe.
/// </summary>
/// <param name="listener">Makes utterances of it.</param>
/// <param name="quality">Measures it as it came.</param>
/// <param name="cleaner">Takes the noise out.</param>
/// <param name="stall">One that sends nothing for so long in the middle of an utterance is taken for silent.</param>
/// <param name="time">The clock of that.</param>
internal sealed class CallMicrophone(CallListener listener, SoundQuality quality, MicrophoneCleaner cleaner, TimeSpan stall, TimeProvider time) : IDisposable
{
    /// <summary>What one that stalls is taken to have sent between two ticks.</summary>
    private static readonly short[] Silence = new short[UtteranceAudio.SampleRate / 10];

    private readonly JitterBuffer numbered = new(time);
    private readonly short[] inOrder = new short[UtteranceAudio.SampleRate / 10];
    private long lastFrameAt = time.GetTimestamp();

    /// <param name="frame">The next, 16 kHz mono.</param>
    /// <param name="firstSample">Its place, where the client numbers its frames.</param>
    /// <param name="ct">The call ends.</param>
    public ValueTask HearAsync(ReadOnlyMemory<short> frame, uint? firstSample, CancellationToken ct)
    {
        lastFrameAt = time.GetTimestamp();
        if (firstSample is not { } first)
        {
            return HearAsync(frame, ct);
        }

        var lost = numbered.Samples.Lost;
        numbered.Add(first, frame.Span);
        return HearNumberedAsync(lost, ct);
    }

    /// <summary>With every tick: what comes no more.</summary>
    public async ValueTask LookAsync(CancellationToken ct)
    {
        await HearNumberedAsync(numbered.Samples.Lost, ct);
        await (listener.IsSpeaking && time.GetElapsedTime(lastFrameAt) >= stall ? listener.HearAsync(Silence, ct) : listener.LoseInterestAsync(ct));
    }

    public void Dispose() => numbered.Dispose();

    /// <summary>What follows without a gap, and gaps that were waited for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
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
}
