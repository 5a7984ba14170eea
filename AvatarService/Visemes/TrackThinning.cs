using Museum.Contracts.Speech;

namespace Museum.AvatarService.Visemes;

/// <summary>An event has at most 16 KB. A sentence so long that its track is larger loses its shortest shapes, never a closure of the lips.</summary>
internal static class TrackThinning
{
    // At 64 bytes each, beside the envelope: about 25 s of quick speech.
    public const int MaxVisemes = 220;

    public static IReadOnlyList<TimedViseme> Thin(IReadOnlyList<TimedViseme> track)
    {
        if (track.Count <= MaxVisemes)
        {
            return track;
        }

        var dispensable = Enumerable.Range(1, track.Count - 2)
            .Where(i => track[i].Id is not ("sil" or "PP" or "FF"))
            .OrderBy(i => track[i + 1].StartSample - track[i].StartSample)
            .Take(track.Count - MaxVisemes)
            .ToHashSet();
        return [.. track.Where((_, i) => !dispensable.Contains(i))];
    }
}
