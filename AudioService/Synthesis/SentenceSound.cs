using System.Runtime.CompilerServices;

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
    private bool finished;
    private Exception? failure;

    public string Provider => provider;

    public int SampleRate => sampleRate;

    public long Samples { get; private set; }

    public void Append(SpeechPiece piece) => Change(() =>
    {
        pieces.Add(piece);
        Samples += piece.Pcm.Length;
    });

    public void Finish(Exception? because = null) => Change(() => (finished, failure) = (true, because));

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
