using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// A doubtful utterance, heard again by its own decoder with the noise taken out otherwise and with the means of the whole utterance, not of
/// its first second; the most credible of the hearings counts. No longer than <see cref="PocketSphinxOptions.SecondLook"/>.
/// </summary>
internal sealed class SphinxSecondLook(SphinxTurns turns, TimeProvider time, IOptionsMonitor<SttOptions> options)
{
    // Some 30 ms of a core.
    private const int Piece = Transcript.SampleRate / 2;

    // What a core hears twice within the limit, or nearly.
    private const int LongestSamples = 8 * Transcript.SampleRate;

    // Behind who has just finished, before who still speaks.
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    private static readonly NoiseView[] Views = [NoiseView.Fine, NoiseView.Quick];

    // In a quiet room a confidence above the threshold is to be trusted; in noise half of what is below this has a wrong word.
    private const double Sure = 0.85;

    // Between the loud frames and the quiet ones.
    private const double NoisyDecibels = 24;
    private const int Frame = Transcript.SampleRate / 50;

    /// <summary>Heard in noise, and not for sure.</summary>
    /// <param name="final">What was heard.</param>
    /// <param name="said">The utterance as it came in.</param>
    public static bool IsUnsure(Transcript final, ReadOnlySpan<short> said) => final.Confidence < Sure && Decibels(said) < NoisyDecibels;

    private static double Decibels(ReadOnlySpan<short> said)
    {
        var powers = new double[said.Length / Frame];
        for (var i = 0; i < powers.Length; i++)
        {
            foreach (var sample in said.Slice(i * Frame, Frame))
            {
                powers[i] += (double)sample * sample;
            }
        }

        Array.Sort(powers);
        return powers.Length == 0 ? double.PositiveInfinity : 10 * Math.Log10((powers[powers.Length * 9 / 10] + 1) / (powers[powers.Length / 10] + 1));
    }

    /// <param name="ear">Its decoder has finished the utterance.</param>
    /// <param name="said">The utterance as it came in.</param>
    /// <param name="first">What was made of it.</param>
    /// <param name="request">What the caller wants, and has patience for.</param>
    /// <param name="ct">Of the caller.</param>
    /// <returns>The first hearing, or a more credible one.</returns>
    public async Task<SphinxResult> HearAsync(SphinxEar ear, ReadOnlyMemory<short> said, SphinxResult first, RecognitionRequest request, CancellationToken ct)
    {
        var limit = request.Within(options.CurrentValue.PocketSphinx.SecondLook);
        if (limit <= TimeSpan.Zero || said.Length > LongestSamples)
        {
            return first;
        }

        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var best = first;
        try
        {
            foreach (var view in Views)
            {
                var other = await HearAsync(ear, said, view, request.Alternatives, either.Token);
                best = SphinxConfidence.Of(other.Words) > SphinxConfidence.Of(best.Words) ? other : best;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // Too many speak: what was heard so far has to do.
        }

        return best;
    }

    private async Task<SphinxResult> HearAsync(SphinxEar ear, ReadOnlyMemory<short> said, NoiseView view, int alternatives, CancellationToken ct)
    {
        short[] cleaned = [];
        await RunAsync(decoder =>
        {
            var suppressor = new NoiseSuppressor(view);
            cleaned = [.. suppressor.Push(said.Span), .. suppressor.Finish()];
            decoder.Start(cleaned);
            return true;
        });
        for (var at = 0; at < cleaned.Length; at += Piece)
        {
            var piece = cleaned.AsMemory(at, Math.Min(Piece, cleaned.Length - at));
            await RunAsync(decoder => { decoder.Hear(piece.Span); return true; });
        }

        return await RunAsync(decoder => decoder.Finish(alternatives));

        async Task<T> RunAsync<T>(Func<SphinxDecoder, T> work)
        {
            using var core = await turns.EnterAsync(Wait, ct);
            return await ear.Thread.RunAsync(work);
        }
    }
}
