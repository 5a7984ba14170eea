using System.Runtime.CompilerServices;
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

    public string Provider => provider;

    public int SampleRate => sampleRate;

    public long Samples { get; private set; }

    /// <summary>Completes when the synthesis is over, well or not.</summary>
    public Task Ended => ended.Task;

    public bool Finished => ended.Task.IsCompleted;

    /// <summary>The words and phones known so far, and whether they are all.</summary>
    public (IReadOnlyList<TimedWord> Words, IReadOnlyList<TimedPhone> Phones, bool Complete) Times
    {
        get
        {
            lock (sync)
            {
                return ([.. pieces.SelectMany(p => p.Words)], [.. pieces.SelectMany(p => p.Phones)], timesKnown.Task.IsCompleted);
            }
        }
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
