using System.Runtime.CompilerServices;

namespace Museum.AudioService.Recognition;

/// <summary>
/// An utterance that comes in once and may be heard more than once: by the next recogniser, from its beginning, when one fails in the
/// middle. A minute of it is 2 MB.
/// </summary>
internal sealed class SpeechSoFar(IAsyncEnumerable<ReadOnlyMemory<short>> speech, CancellationToken ct) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ReadOnlyMemory<short>> source = speech.GetAsyncEnumerator(ct);
    private readonly List<ReadOnlyMemory<short>> chunks = [];
    // Outlives the reader that asked for it: what it brings belongs to the next.
    private Task<bool>? coming;

    /// <summary>Why no more comes; null: nothing went wrong on the speaker's side.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>From the beginning. One reader at a time.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync([EnumeratorCancellation] CancellationToken reader)
    {
        for (var i = 0; i < chunks.Count || await MoreAsync(reader); i++)
        {
            yield return chunks[i];
        }
    }

    /// <summary>Its token is cancelled by then, or it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await (coming ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await source.DisposeAsync();
    }

    private async Task<bool> MoreAsync(CancellationToken reader)
    {
        coming ??= NextAsync();
        if (!await coming.WaitAsync(reader))
        {
            return false;
        }

        coming = null;
        return true;
    }

    private async Task<bool> NextAsync()
    {
        try
        {
            if (!await source.MoveNextAsync())
            {
                return false;
            }
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }

        chunks.Add(source.Current);
        return true;
    }
}
