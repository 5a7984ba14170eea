using Polly;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>A stream whose first element is there. Read it once, or dispose it.</summary>
public sealed class OpenedStream<T> : IAsyncEnumerable<T>, IAsyncDisposable
{
    private readonly CancellationTokenSource life;
    private readonly IAsyncEnumerator<T> elements;
    private int closed;

    private OpenedStream(CancellationTokenSource life, IAsyncEnumerator<T> elements, bool isEmpty) =>
        (this.life, this.elements, IsEmpty) = (life, elements, isEmpty);

    public bool IsEmpty { get; }

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await using var whole = this;
        await using var ends = cancellationToken.UnsafeRegister(Cancel, life);
        for (var there = !IsEmpty; there; there = await elements.MoveNextAsync())
        {
            yield return elements.Current;
        }
    }

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref closed, 1) == 0 ? CloseAsync(life, elements) : default;

    /// <summary>One attempt: it may end the stream until the first element is there, and not after.</summary>
    internal static async Task<OpenedStream<T>> FirstAsync(Func<CancellationToken, IAsyncEnumerable<T>> start, CancellationToken attempt, CancellationToken whole)
    {
        var life = CancellationTokenSource.CreateLinkedTokenSource(whole);
        IAsyncEnumerator<T>? elements = null;
        try
        {
            bool any;
            await using (attempt.UnsafeRegister(Cancel, life))
            {
                elements = start(life.Token).GetAsyncEnumerator(life.Token);
                any = await elements.MoveNextAsync();
            }

            attempt.ThrowIfCancellationRequested();
            return new(life, elements, !any);
        }
        catch
        {
            await CloseAsync(life, elements);
            throw;
        }
    }

    private static void Cancel(object? life) => ((CancellationTokenSource)life!).Cancel();

    // First what feeds it, or a reader would wait for its next element.
    private static async ValueTask CloseAsync(CancellationTokenSource life, IAsyncEnumerator<T>? elements)
    {
        await life.CancelAsync();
        if (elements is not null)
        {
            await elements.DisposeAsync();
        }

        life.Dispose();
    }
}

public static class StreamOpening
{
    /// <summary>
    /// Opens a stream through a pipeline that is asked for its first element only: nothing is ever tried again after it, since no attempt
    /// is left that could be.
    /// </summary>
    /// <param name="pipeline">Tries again, times out and breaks until the first element is there.</param>
    /// <param name="start">Begins the stream anew; its token ends it.</param>
    /// <param name="turn">Of whose budget the attempts are; null: of none.</param>
    /// <param name="cancellationToken">Ends the stream, whenever.</param>
    public static async Task<OpenedStream<T>> OpenStreamAsync<T>(
        this ResiliencePipeline pipeline, Func<CancellationToken, IAsyncEnumerable<T>> start, TurnBudget? turn, CancellationToken cancellationToken) => turn is null
            ? await pipeline.ExecuteAsync(async attempt => await OpenedStream<T>.FirstAsync(start, attempt, cancellationToken), cancellationToken)
            : await turn.RunAsync(pipeline, attempt => OpenedStream<T>.FirstAsync(start, attempt, cancellationToken), cancellationToken);
}
