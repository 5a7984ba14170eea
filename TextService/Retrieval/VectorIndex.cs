namespace Museum.TextService.Retrieval;

/// <summary>The passages of one state of the content as vectors, in both languages. Immutable.</summary>
/// <param name="embedder">Makes a question's vector.</param>
/// <param name="passages">Each exhibit's passages; vectors of length 1.</param>
internal sealed class VectorIndex(Embedder embedder, IReadOnlyList<(int Exhibit, float[] Vector)> passages)
{
    // Below this two texts have hardly more in common than any two texts.
    private const float Least = 0.2f;

    // So many of 1,536 numbers are read in about 20 ms; of a larger museum, only the passages of the exhibits whose texts as a whole are nearest.
    private const int MostRead = 20_000;
    private const int Shortlist = 1_000;

    private readonly Dictionary<int, List<float[]>> byExhibit = passages.GroupBy(p => p.Exhibit).ToDictionary(g => g.Key, g => g.Select(p => p.Vector).ToList());
    private readonly List<(int Exhibit, float[] Vector)> wholes = passages.Count <= MostRead ? [] : [.. passages.GroupBy(p => p.Exhibit).Select(g => (g.Key, UnitVector.Mean([.. g.Select(p => p.Vector)])))];

    public int Count => passages.Count;

    /// <summary>The model that made them.</summary>
    public string Model => embedder.Options.Model ?? "";

    /// <summary>The exhibits with the passage nearest to the question, best first; null when its vector is not there in time.</summary>
    public async ValueTask<List<int>?> NearestAsync(string question, int limit, CancellationToken ct) =>
        await embedder.TryEmbedAsync(question, ct) is { } wanted ? Nearest(wanted, limit) : null;

    /// <param name="wanted">Of length 1.</param>
    /// <param name="limit">At most so many.</param>
    public List<int> Nearest(float[] wanted, int limit) =>
    [
        .. Readable(wanted)
            .Select(e => (Exhibit: e, Likeness: byExhibit[e].Max(v => UnitVector.Dot(v, wanted))))
            .Where(e => e.Likeness > Least)
            .OrderByDescending(e => e.Likeness).ThenBy(e => e.Exhibit)
            .Take(limit)
            .Select(e => e.Exhibit),
    ];

    private IEnumerable<int> Readable(float[] wanted) => wholes.Count == 0
        ? byExhibit.Keys
        : wholes.Select(w => (w.Exhibit, Likeness: UnitVector.Dot(w.Vector, wanted))).OrderByDescending(w => w.Likeness).Take(Shortlist).Select(w => w.Exhibit);
}
