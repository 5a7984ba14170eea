using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Tours;

/// <summary>
/// Chooses where a visit goes next: what is near, has to do with what the visitor asked about, and has not come up yet.
/// <code>
/// nearness     the same hall 1, the next one 0.4
/// interest     up to 0.8: the weights of the tags that it shares with what was asked about, rare tags weighing more
/// the maker    0.4 when the exhibit last spoken of is by the same
/// </code>
/// </summary>
internal static class TourGuide
{
    private const int MostStops = 3;
    private const int MostInterests = 5;

    // Of a hall or a tag with thousands of exhibits these many are weighed: the best of them is good enough, and a turn costs no more.
    private const int MostOfOne = 200;

    // Three questions to one work: then a visitor is glad to hear of another.
    private const int LongEnough = 3;
    private const int NotAgainFor = 4;

    /// <param name="state">The visit, with the turn that was just answered.</param>
    /// <param name="tongue">The language of the answer.</param>
    /// <param name="index">The content.</param>
    /// <param name="takesLeave">The visitor has said thanks: nothing more is asked of what was spoken of.</param>
    public static Tour Look(TourState state, Tongue tongue, ContentIndex index, bool takesLeave = false)
    {
        var current = state.Current is { } id ? index.NumberOf(id) : null;
        var hall = state.Place is { Hall: > 0 } said ? said.Hall : current is { } known ? index.Exhibits[known].Hall : 0;
        var interests = Interests(state, tongue, index);
        var next = hall == 0 && interests.Count == 0 ? [] : Next(state, current, hall, interests, tongue, index);
        var propose = next.Count > 0 && (state.Row >= LongEnough || takesLeave) && !(state.SinceProposed < NotAgainFor);
        return new Tour(hall, [.. state.Visits.Select(v => v.Exhibit)], [.. interests.Take(MostInterests).Select(i => i.Tag)], next, propose);
    }

    private static List<Stop> Next(
        TourState state, int? current, int hall, List<(string Tag, double Weight)> interests, Tongue tongue, ContentIndex index)
    {
        var seen = state.Visits.Select(v => index.NumberOf(v.Exhibit)).OfType<int>().ToHashSet();
        var strongest = interests.Take(MostInterests).ToList();
        var all = strongest.Sum(i => i.Weight);
        double Interest(int exhibit) => all == 0 ? 0 : strongest.Where(i => index.Exhibits[exhibit].Tags[tongue].Contains(i.Tag)).Sum(i => i.Weight) / all;
        double Score(int exhibit) =>
            (index.Exhibits[exhibit].Hall == hall ? 1 : Math.Abs(index.Exhibits[exhibit].Hall - hall) == 1 ? 0.4 : 0)
            + (0.8 * Interest(exhibit))
            + (BySame(exhibit, current, index) ? 0.4 : 0);
        return [.. strongest.SelectMany(i => index.Map.With(i.Tag, tongue).Take(MostOfOne)).Concat(index.Map.In(hall).Take(MostOfOne))
            .Distinct()
            .Where(e => !seen.Contains(e))
            .Select(e => (Exhibit: e, Score: Score(e)))
            .OrderByDescending(e => e.Score)
            // Of equals another one from each place of the museum, and always the same from the same.
            .ThenBy(e => ((uint)e.Exhibit * 2654435761u) ^ ((uint)(current ?? 0) * 2246822519u))
            .Take(MostStops)
            .Select(e => ToStop(e.Exhibit, hall, BySame(e.Exhibit, current, index), tongue, index))];
    }

    private static bool BySame(int exhibit, int? current, ContentIndex index) =>
        current is { } last && index.Exhibits[exhibit].Maker.En is { Length: > 0 } maker && maker == index.Exhibits[last].Maker.En;

    private static List<(string Tag, double Weight)> Interests(TourState state, Tongue tongue, ContentIndex index) =>
        [.. state.Visits
            .Select(v => (Number: index.NumberOf(v.Exhibit), Turns: Math.Min(v.Turns, LongEnough)))
            .Where(v => v is { Number: not null, Turns: > 0 })
            .SelectMany(v => index.Exhibits[v.Number!.Value].Tags[tongue].Select(tag => (Tag: tag, v.Turns)))
            .GroupBy(t => t.Tag, (tag, turns) => (Tag: tag, Weight: turns.Sum(t => t.Turns) * Math.Log(1 + ((double)index.Exhibits.Count / index.Map.CountWith(tag, tongue)))))
            .OrderByDescending(i => i.Weight)
            .ThenBy(i => i.Tag, StringComparer.Ordinal)];

    private static Stop ToStop(int number, int hall, bool bySame, Tongue tongue, ContentIndex index)
    {
        var exhibit = index.Exhibits[number];
        var hallName = index.Halls.FirstOrDefault(h => h.Number == exhibit.Hall)?.Name[tongue] ?? "";
        return new Stop
        {
            Exhibit = number,
            Id = exhibit.Id,
            Title = exhibit.Title[tongue],
            Hall = exhibit.Hall,
            HallName = hallName,
            Invitation = Invitations.To(exhibit, hallName, exhibit.Hall == hall, bySame, tongue),
            Question = index.Offered[number][tongue].FirstOrDefault(""),
        };
    }
}
