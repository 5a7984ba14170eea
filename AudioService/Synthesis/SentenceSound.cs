using System.Runtime.CompilerServices;
using Museum.AudioService.Sound;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// A sentence's sound while it is made and after. The engine writes at its own pace; any number of readers read from the first
/// sample at theirs, so a slow one never holds an engine.
/// </summary>
internal sealed class SentenceSound(string provider, int sampleRate)
{
    private readonly Lock sync = new();
    private readonly List<SpeechPiece> pieces = [];
    private TaskCompletionSource changed = NewSignal();
    private readonly TaskCompletionSource timesKnown = NewSignal();
    private readonly TaskCompletionSource ended = NewSignal();
    private bool finished;
    private Exception? failure;
    private KeptSound? whole;

    public string Provider => provider;

    public int SampleRate => sampleRate;

    public long Samples { get; private set; }

    /// <summary>Completes when the synthesis is over, well or not.</summary>
    public Task Ended => ended.Task;

    public bool Finished => ended.Task.IsCompleted;

    /// <summary>The whole sound; null while it is being made, and when that went wrong.</summary>
    public KeptSound? Whole
    {
        get
        {
            lock (sync)
            {
                return finished && failure is null ? whole ??= Join() : null;
            }
        }
    }

    /// <summary>The words and phones known so far, and whether they are all.</summary>
    public (IReadOnlyList<TimedWord> Words, IReadOnlyList<TimedPhone> Phones, bool Complete) Times
    {
        get
        {
            lock (sync)
            {
                return whole is not null
                    ? (whole.Words, whole.Phones, true)
                    : ([.. pieces.SelectMany(p => p.Words)], [.. pieces.SelectMany(p => p.Phones)], timesKnown.Task.IsCompleted);
            }
        }
    }

    /// <summary>One that was made before: over when it begins.</summary>
    public static SentenceSound Of(KeptSound kept)
    {
        var sound = new SentenceSound(kept.Provider, kept.SampleRate) { Samples = kept.Pcm.Length, finished = true, whole = kept };
        sound.pieces.Add(new SpeechPiece(kept.SampleRate) { Pcm = kept.Pcm, Words = kept.Words, Phones = kept.Phones, TimesComplete = true });
        sound.timesKnown.SetResult();
        sound.ended.SetResult();
        return sound;
    }

    /// <summary>Waits for all times to be known, or the sound to be finished, but no longer than this.</summary>
    public async Task WaitForTimesAsync(TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            await timesKnown.Task.WaitAsync(atMost, ct);
        }
        catch (TimeoutException)
        {
            // Then what is known has to do; listeners get the rest with the sound.
        }
    }

    public void Append(SpeechPiece piece) => Change(() =>
    {
        pieces.Add(piece);
        Samples += piece.Pcm.Length;
        if (piece.TimesComplete)
        {
            timesKnown.TrySetResult();
        }
    });

    public void Finish(Exception? because = null) => Change(() =>
    {
        (finished, failure) = (true, because);
        timesKnown.TrySetResult();
        ended.TrySetResult();
    });

    /// <summary>Throws what ended the synthesis, if it did not end well.</summary>
    public async IAsyncEnumerable<SpeechPiece> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = 0; ; next++)
        {
            SpeechPiece? piece;
            while ((piece = TryGet(next, out var over, out var change)) is null)
            {
                if (over)
                {
                    yield break;
                }

                await change.WaitAsync(ct);
            }

            yield return piece;
        }
    }

    /// <summary>All of it, louder or softer, when it is there.</summary>
    public async Task<ReadOnlyMemory<short>> PcmAsync(double volume, CancellationToken ct)
    {
        var pcm = new List<short>();
        await foreach (var piece in ReadAsync(ct))
        {
            pcm.AddRange(volume == 1 ? piece.Pcm.Span : Loudness.Scale(piece.Pcm.Span, volume));
        }

        return pcm.ToArray();
    }

    private SpeechPiece? TryGet(int index, out bool over, out Task change)
    {
        lock (sync)
        {
            change = changed.Task;
            over = finished;
            if (index < pieces.Count)
            {
                return pieces[index];
            }

            return failure is null ? null : throw failure;
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (sync)
        {
            change();
            (signal, changed) = (changed, NewSignal());
        }

        signal.SetResult();
    }

    private KeptSound Join()
    {
        var pcm = new short[Samples];
        var at = 0;
        foreach (var piece in pieces)
        {
            piece.Pcm.Span.CopyTo(pcm.AsSpan(at));
            at += piece.Pcm.Length;
        }

        return new KeptSound(provider, sampleRate, pcm, [.. pieces.SelectMany(p => p.Words)], [.. pieces.SelectMany(p => p.Phones)]);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
