namespace Museum.TextService.Retrieval;

/// <summary>The passages of one state of the content as vectors, in both languages. Immutable.</summary>
/// <param name="embedder">Makes a question's vector.</param>
/// <param name="passages">Each exhibit's passages; vectors of length 1.</param>
internal sealed class VectorIndex(Embedder embedder, IReadOnlyList<(int Exhibit, float[] Vector)> passages)
{
    // Below this two texts have hardly more in common than any two texts.
    private const float Least = 0.2f;

    public int Count => passages.Count;

    /// <summary>The model that made them.</summary>
    public string Model => embedder.Options.Model ?? "";

    /// <summary>The exhibits with the passage nearest to the question, best first; null when its vector is not there in time.</summary>
    public async ValueTask<List<int>?> NearestAsync(string question, int limit, CancellationToken ct)
    {
        if (await embedder.TryEmbedAsync(question, ct) is not { } wanted)
        {
            return null;
        }

        var best = new Dictionary<int, float>();
        foreach (var (exhibit, vector) in passages)
        {
            var likeness = UnitVector.Dot(vector, wanted);
            if (likeness > Least && likeness > best.GetValueOrDefault(exhibit))
            {
                best[exhibit] = likeness;
            }
        }

        return [.. best.OrderByDescending(b => b.Value).ThenBy(b => b.Key).Take(limit).Select(b => b.Key)];
    }
}
