using System.Threading.Channels;
using Museum.AudioService.Recognition;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// What a visitor has said and the decoder has not searched yet. It is taken in at the pace of speech, however busy the cores are: so the
/// end of the utterance is known when it comes, and what is left then, which the visitor waits for, goes before what others still say.
/// </summary>
internal sealed class SphinxBacklog : IAsyncDisposable
{
    // 200 ms at a time, some 12 ms of a core: nobody who needs it sooner waits longer.
    private const int MostSamples = Transcript.SampleRate / 5;

    // More than this is nobody who has just stopped speaking, but a recording that came in whole.
    private const int NearTheEnd = 2 * Transcript.SampleRate;

    // A second of 20 ms frames, six of 100 ms: who is further behind is not near the end.
    private const int MostChunks = 64;

    private readonly Channel<(ReadOnlyMemory<short> Samples, DateTimeOffset At)> chunks =
        Channel.CreateBounded<(ReadOnlyMemory<short> Samples, DateTimeOffset At)>(new BoundedChannelOptions(MostChunks) { SingleReader = true, SingleWriter = true });

    private readonly TaskCompletionSource<DateTimeOffset> awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop;
    private readonly TimeProvider time;
    private readonly Task intake;
    private readonly short[] piece = new short[MostSamples];
    private (ReadOnlyMemory<short> Samples, DateTimeOffset At) rest;
    private long waiting;
    private volatile bool ended;

    /// <param name="audio">PCM16 at 16 kHz, in chunks of any length.</param>
    /// <param name="time">Tells when each came.</param>
    /// <param name="ct">Ends the intake.</param>
    public SphinxBacklog(IAsyncEnumerable<ReadOnlyMemory<short>> audio, TimeProvider time, CancellationToken ct)
    {
        this.time = time;
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        intake = TakeInAsync(audio, stop.Token);
    }

    /// <summary>Completes when the visitor has finished and little is left, with the time from which on they wait.</summary>
    public Task<DateTimeOffset> Awaited => awaited.Task;

    /// <summary>When the first of what waits came in.</summary>
    public DateTimeOffset Since => rest.At;

    /// <summary>All has been taken.</summary>
    public bool IsOver => rest.Samples.IsEmpty && chunks.Reader.Completion.IsCompletedSuccessfully;

    /// <summary>Ready when something waits, or all is over. Throws what ended the speech, if it did not end well.</summary>
    public async ValueTask WaitAsync(CancellationToken ct)
    {
        while (rest.Samples.IsEmpty && await chunks.Reader.WaitToReadAsync(ct))
        {
            _ = chunks.Reader.TryRead(out rest);
        }
    }

    /// <summary>The next piece of what waits, valid until the next is taken.</summary>
    public ReadOnlySpan<short> Take()
    {
        var filled = 0;
        while (filled < MostSamples && (!rest.Samples.IsEmpty || chunks.Reader.TryRead(out rest)))
        {
            var part = rest.Samples[..Math.Min(rest.Samples.Length, MostSamples - filled)];
            part.Span.CopyTo(piece.AsSpan(filled));
            filled += part.Length;
            rest.Samples = rest.Samples[part.Length..];
        }

        if (Interlocked.Add(ref waiting, -filled) <= NearTheEnd && ended)
        {
            awaited.TrySetResult(time.GetUtcNow());
        }

        return piece.AsSpan(0, filled);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await intake;
        stop.Dispose();
    }

    /// <summary>Fails never: how it ended is how the channel ends.</summary>
    private async Task TakeInAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, CancellationToken ct)
    {
        try
        {
            await foreach (var chunk in audio.WithCancellation(ct))
            {
                Interlocked.Add(ref waiting, chunk.Length);
                await chunks.Writer.WriteAsync((chunk, time.GetUtcNow()), ct);
            }

            chunks.Writer.Complete();
            ended = true;
            if (Interlocked.Read(ref waiting) <= NearTheEnd)
            {
                awaited.TrySetResult(time.GetUtcNow());
            }
        }
        catch (Exception e)
        {
            chunks.Writer.Complete(e);
        }
    }
}
