using System.Collections.Frozen;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Tours;

/// <summary>Which exhibits are near each other, in a hall or by what they have in common: built once for a state of the content.</summary>
internal sealed class TourMap
{
    private readonly ILookup<int, int> byHall;
    private readonly Dictionary<Tongue, ILookup<string, int>> byTag;

    // Only a model that plans a tour asks for it, and then for every exhibit.
    private readonly Lazy<FrozenDictionary<string, int[]>> byTheme;

    public TourMap(IReadOnlyList<Exhibit> exhibits)
    {
        byHall = exhibits.Index().ToLookup(e => e.Item.Hall, e => e.Index);
        byTag = Tongues.All.ToDictionary(t => t, t => exhibits.Index().SelectMany(e => e.Item.Tags[t].Select(tag => (tag, e.Index))).ToLookup(p => p.tag, p => p.Index));
        byTheme = new(() => exhibits.Index().SelectMany(e => Terms(Theme(e.Item)).Select(term => (term, e.Index)))
            .GroupBy(p => p.term, p => p.Index).ToFrozenDictionary(g => g.Key, g => g.ToArray()));
    }

    public IEnumerable<int> Halls => byHall.Select(h => h.Key);

    /// <summary>The exhibits of a hall, by number.</summary>
    public IEnumerable<int> In(int hall) => byHall[hall];

    /// <summary>The exhibits with a tag, by number.</summary>
    public IEnumerable<int> With(string tag, Tongue tongue) => byTag[tongue][tag];

    /// <summary>The exhibits whose titles, makers, materials or tags, in either language, share a word with these; null: they say nothing.</summary>
    public IReadOnlySet<int>? About(string words) => Terms(words) is { Count: > 0 } terms ? terms.SelectMany(term => byTheme.Value.GetValueOrDefault(term, [])).ToHashSet() : null;

    public int CountWith(string tag, Tongue tongue) => byTag[tongue][tag].Count();

    private static string Theme(Exhibit exhibit) => string.Join(' ', Tongues.All.SelectMany(t => exhibit.Tags[t].Concat([exhibit.Title[t], exhibit.Maker[t], exhibit.Material[t]])));

    // Pairs of Chinese characters, stems of English words.
    private static HashSet<string> Terms(string text) =>
        [.. ChineseText.Terms(text).Where(t => t.Length > 1 && Han.Is(t[0])).Concat(EnglishWords.Of(text).Where(w => !EnglishWords.IsStop(w)).Select(EnglishStemmer.Stem))];
}
