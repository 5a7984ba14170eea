using Museum.AudioService.Sentences;

namespace Museum.AudioService.PocketSphinx;

/// <summary>How soon a decoder's next piece of work is needed.</summary>
internal enum SphinxNeed
{
    /// <summary>The visitor has finished and waits for an answer.</summary>
    Final,

    /// <summary>The visitor still speaks; words on the page may be a moment late.</summary>
    Live,

    /// <summary>Nobody waits but whoever could not be understood at once.</summary>
    SecondThought,
}

/// <summary>
/// Lets as many decoders work at once as there are cores, whatever the number of visitors: more would only make each other late. Earliest
/// deadline first, so that a visitor who has finished is served before those who still speak, and yet nobody starves.
/// </summary>
internal sealed class SphinxTurns(TimeProvider time, int cores)
{
    private static readonly long[] Grace = [0, 300, 3_000];

    private readonly UrgencyGate gate = new(cores);

    /// <param name="need">How long the piece may wait behind others.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The core, to be given back when the piece is done; pieces are of half a second of sound at most.</returns>
    public Task<IDisposable> EnterAsync(SphinxNeed need, CancellationToken ct) =>
        gate.EnterAsync(time.GetUtcNow().ToUnixTimeMilliseconds() + Grace[(int)need], ct);
}
