using Museum.Benchmarks.Speech;

namespace Museum.Benchmarks.Call.Sound;

/// <summary>
/// What is heard in museums and is nobody's question. Recordings out of Debian's archive that benchmarks/call.sh fetches (coughs and sneezes of a man and a woman, snapped fingers, doors), and what
/// listeners say (mhm, uh-huh by espeak-ng's phones; ok by those who ask). Each comes at other speeds and loudnesses, by seed.
/// </summary>
internal sealed class Disturbances
{
    private const double LongestSeconds = 2;
    private readonly Dictionary<string, List<short[]>> kinds;

    private Disturbances(Dictionary<string, List<short[]>> kinds) => this.kinds = kinds;

    /// <summary>Where the coughs came from.</summary>
    public required string Origin { get; init; }

    /// <summary>In the order in which they come: every kind as often as every other.</summary>
    public IReadOnlyList<string> Kinds => [.. kinds.Keys.Order(StringComparer.Ordinal)];

    /// <param name="folder">Raw PCM, named <c>KIND-….raw</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Disturbances> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<string, List<short[]>>();
        foreach (var file in (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.raw") : []).Order(StringComparer.Ordinal))
        {
            var pcm = Pcm.Read(await File.ReadAllBytesAsync(file, cancellationToken));
            var (first, last) = Pcm.Edges(pcm);
            var length = Math.Min(last - first, (int)(LongestSeconds * Pcm.Rate));
            Of(kinds, Path.GetFileName(file).Split('-')[0]).Add(Pcm.ToPeak([.. pcm.Skip(first).Take(length).Select(s => (double)s)], 0.6));
        }

        foreach (var word in new[] { "Ok.", "Okay." })
        {
            Of(kinds, "ok").AddRange(Voices.Names.Select(voice => Sounds.Say(word, voice)));
        }

        var recorded = kinds.ContainsKey("cough");
        if (!recorded)
        {
            Of(kinds, "cough").AddRange(Enumerable.Range(1, 8).Select(SyntheticCough.Of));
        }

        return new Disturbances(kinds) { Origin = recorded ? "recorded" : "synthesized" };
    }

    public short[] Next(string kind, Random random)
    {
        var pcm = kinds[kind][random.Next(kinds[kind].Count)];
        var loud = 0.3 + (0.7 * random.NextDouble());
        return [.. Pcm.AtSpeed(pcm, 0.85 + (0.3 * random.NextDouble())).Select(s => (short)(s * loud))];
    }

    private static List<short[]> Of(Dictionary<string, List<short[]>> kinds, string kind) => kinds.TryGetValue(kind, out var list) ? list : kinds[kind] = [];
}
