using System.Threading.Channels;
using Museum.VoiceCallService.Quality;

namespace Museum.VoiceCallService.Calls;

/// <summary>What one call has to handle, in the order in which it came: frames of the microphone, what was heard, and ten ticks a second.</summary>
internal sealed class CallLine : IAsyncDisposable
{
    /// <summary>Five seconds in frames of 20 ms. The reader of the socket never waits: what does not fit is lost, and counted.</summary>
    private const int MostWaiting = 256;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);

    private readonly Channel<CallInput> inputs = Channel.CreateBounded<CallInput>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CallTelemetry telemetry;
    private readonly SoundQuality quality;
    private readonly CancellationToken callEnds;
    private readonly ITimer ticking;

    public CallLine(CallTelemetry telemetry, SoundQuality quality, TimeProvider time, CancellationToken callEnds)
    {
        (this.telemetry, this.quality, this.callEnds) = (telemetry, quality, callEnds);
        ticking = time.CreateTimer(_ => inputs.Writer.TryWrite(default), null, TickEvery, TickEvery);
    }

    public IAsyncEnumerable<CallInput> ReadAllAsync(CancellationToken ct) => inputs.Reader.ReadAllAsync(ct);

    /// <param name="pcm">16 kHz mono; copied.</param>
    /// <param name="firstSample">Its place, where the client numbers its frames.</param>
    public void Hear(ReadOnlySpan<short> pcm, uint? firstSample)
    {
        var frame = CallInput.Frame(pcm, firstSample);
        if (!inputs.Writer.TryWrite(frame))
        {
            frame.Return();
            telemetry.FrameDropped();
            quality.Lost(frame.Length);
        }
    }

    /// <summary>That utterance's final transcript is there, or failed.</summary>
    public async Task HeardAsync(CallUtterance utterance)
    {
        try
        {
            await inputs.Writer.WriteAsync(new CallInput(null, 0, Heard: utterance), callEnds);
        }
        catch (OperationCanceledException)
        {
            // The call ended before it was heard.
        }
    }

    /// <summary>After its reader has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await ticking.DisposeAsync();
        while (inputs.Reader.TryRead(out var left))
        {
            left.Return();
        }
    }
}
