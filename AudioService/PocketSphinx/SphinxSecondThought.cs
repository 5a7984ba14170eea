using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// A doubtful utterance, heard once more with the package's model of English at large. One at a time, loaded when it is first needed,
/// after everybody who still speaks, and no longer than <see cref="PocketSphinxOptions.SecondThought"/>: whoever comes while it is busy
/// or loading has the first hearing.
/// </summary>
internal sealed class SphinxSecondThought(ResourcePool<EngineThread<SphinxDecoder>> pool, SphinxTurns turns, TimeProvider time, IOptionsMonitor<SttOptions> options)
{
    public const string Pool = "pocketsphinx-open";

    // 200 ms of sound: at most 100 ms of a core that a live utterance may be waiting for.
    private const int Piece = Transcript.SampleRate / 5;

    // Nobody waits for it but whoever could not be understood at once.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    // What a core hears within the limit, or nearly.
    private const int LongestSamples = 8 * Transcript.SampleRate;

    // Per frame of 10 ms. Of 18 doubtful everyday sentences (kal16) 17 had 3 or more, none of 23 doubtful museum questions in noise (slt):
    // there English at large is worse, 89 % word errors instead of 46, and here better, 15 % instead of 64.
    private const int Better = 3;

    /// <summary>Whether the words of English at large fit the sound so much better that they are the ones to tell.</summary>
    /// <param name="open">Score of the second hearing: its logarithm, base 1.0001, divided by 1024.</param>
    /// <param name="first">Score of the first.</param>
    /// <param name="samples">Heard by both.</param>
    public static bool IsBetter(int open, int first, int samples) => open - (long)first >= Better * ((long)samples / SphinxDecoder.FrameSamples);

    /// <param name="heard">The utterance: PCM16 at 16 kHz, as the first decoder had it.</param>
    /// <param name="request">What the caller has patience for.</param>
    /// <param name="ct">Of the caller.</param>
    /// <returns>Null: there was no time for it.</returns>
    public async Task<SphinxResult?> HearAsync(ReadOnlyMemory<short> heard, RecognitionRequest request, CancellationToken ct)
    {
        var limit = request.Within(options.CurrentValue.PocketSphinx.SecondThought);
        if (limit <= TimeSpan.Zero || heard.Length > LongestSamples)
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            await using var lease = await pool.RentAsync(either.Token);
            await RunAsync(lease, decoder => { decoder.Start(); return true; }, either.Token);
            for (var at = 0; at < heard.Length; at += Piece)
            {
                var piece = heard.Slice(at, Math.Min(Piece, heard.Length - at));
                await RunAsync(lease, decoder => { decoder.Hear(piece.Span); return true; }, either.Token);
            }

            return await RunAsync(lease, decoder => decoder.Finish(0), either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return null;
        }
        catch (ResourceException)
        {
            return null;
        }
    }

    private async Task<T> RunAsync<T>(PoolLease<EngineThread<SphinxDecoder>> lease, Func<SphinxDecoder, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var core = await turns.EnterAsync(Wait, ct);
        return await lease.Value.RunAsync(work);
    }
}
