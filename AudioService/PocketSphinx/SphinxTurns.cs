using Museum.AudioService.Sentences;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// Lets as many decoders work at once as there are cores, whatever the number of visitors: more would only make each other late. Earliest
/// deadline first, so that a visitor who has finished is served before those who still speak, and yet nobody starves.
/// </summary>
internal sealed class SphinxTurns(TimeProvider time, int cores)
{
    // Twenty who begin to speak in the same moment are heard within half a second of it; their words on the page may wait for those who finish.
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(1);

    private readonly UrgencyGate gate = new(cores);

    /// <summary>The next piece of what a visitor says: at once when they have finished, else when its words may be late.</summary>
    /// <param name="backlog">Where the piece waits.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The core, to be given back when the piece is done.</returns>
    public Task<IDisposable> EnterAsync(SphinxBacklog backlog, CancellationToken ct) => backlog.Awaited.IsCompletedSuccessfully
        ? gate.EnterAsync(backlog.Awaited.Result.ToUnixTimeMilliseconds(), ct)
        : gate.EnterAsync((backlog.Since + Live).ToUnixTimeMilliseconds(), ct, backlog.Awaited);

    /// <summary>A piece of what is heard again; of half a second of sound at most.</summary>
    /// <param name="within">How long it may wait behind others.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<IDisposable> EnterAsync(TimeSpan within, CancellationToken ct) => gate.EnterAsync((time.GetUtcNow() + within).ToUnixTimeMilliseconds(), ct);
}
