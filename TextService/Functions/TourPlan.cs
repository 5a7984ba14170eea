using System.Text.Json;
using System.Text.Json.Nodes;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Functions;

/// <summary>Plans a round through the halls: what the visitor has not heard of yet, what fits their interest, no hall entered twice.</summary>
internal static class TourPlan
{
    private const int MinutesOfStop = 8;
    private const int UsualMinutes = 40;
    private const int Fewest = 2;
    private const int Most = 10;

    public static JsonObject Of(JsonElement arguments, Turn turn)
    {
        var (index, tongue) = (turn.Index, turn.Question.Answer);
        var count = Math.Clamp((MuseumFunctions.Number(arguments, "minutes") ?? UsualMinutes) / MinutesOfStop, Fewest, Most);
        var seen = turn.Tour.Visits.Select(v => index.NumberOf(v.Exhibit)).OfType<int>().ToHashSet();
        var hall = MuseumFunctions.Number(arguments, "hall");
        var open = Enumerable.Range(0, index.Exhibits.Count).Where(e => !seen.Contains(e) && (hall is null || index.Exhibits[e].Hall == hall)).ToList();
        var about = index.Map.About(MuseumFunctions.Text(arguments, "interest") ?? "");
        var fitting = about is null ? open : open.FindAll(about.Contains);
        if (fitting.Count == 0)
        {
            return MuseumFunctions.Error("The museum has nothing on that.");
        }

        // From all over what fits, not its beginning.
        var stops = fitting.Where((_, i) => i * count / fitting.Count != ((i - 1) * count / fitting.Count) || i == 0).Take(count).OrderBy(e => index.Exhibits[e].Hall).ToList();
        turn.ToldOf.AddRange(stops.Select(e => index.Sentences(e, tongue)[0]));
        return new JsonObject
        {
            ["minutes"] = stops.Count * MinutesOfStop,
            ["stops"] = new JsonArray([.. stops.Select(e => (JsonNode)Stop(e, index, tongue))]),
        };
    }

    private static JsonObject Stop(int exhibit, ContentIndex index, Tongue tongue)
    {
        var stop = MuseumFunctions.Shown(exhibit, index, tongue);
        stop["why"] = index.Sentences(exhibit, tongue)[0].Text;
        return stop;
    }
}
