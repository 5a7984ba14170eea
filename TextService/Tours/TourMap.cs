using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Tours;

/// <summary>Which exhibits are near each other, in a hall or by what they have in common: built once for a state of the content.</summary>
internal sealed class TourMap
{
    private readonly ILookup<int, int> byHall;
    private readonly Dictionary<Tongue, ILookup<string, int>> byTag;

    public TourMap(IReadOnlyList<Exhibit> exhibits)
    {
        byHall = exhibits.Index().ToLookup(e => e.Item.Hall, e => e.Index);
        byTag = Tongues.All.ToDictionary(t => t, t => exhibits.Index().SelectMany(e => e.Item.Tags[t].Select(tag => (tag, e.Index))).ToLookup(p => p.tag, p => p.Index));
    }

    public IEnumerable<int> Halls => byHall.Select(h => h.Key);

    /// <summary>The exhibits of a hall, by number.</summary>
    public IEnumerable<int> In(int hall) => byHall[hall];

    /// <summary>The exhibits with a tag, by number.</summary>
    public IEnumerable<int> With(string tag, Tongue tongue) => byTag[tongue][tag];

    public int CountWith(string tag, Tongue tongue) => byTag[tongue][tag].Count();
}
