using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Museum.TextService.Content;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Functions;

/// <summary>
/// What every model may call: <c>get_exhibit_info</c> and <c>suggest_tour</c> are answered here from the content; <c>show_exhibit</c> and
/// <c>navigate_scene</c> are the client's to carry out, where it has named them at REGISTER.
/// </summary>
internal static class MuseumFunctions
{
    public const string ShowExhibit = "show_exhibit";
    public const string NavigateScene = "navigate_scene";

    // Enough to speak about; the whole text of an exhibit is 15 to 20 sentences.
    private const int MostSentences = 24;

    public static IReadOnlyList<MuseumFunction> AnsweredHere { get; } =
    [
        new("get_exhibit_info", "What the curators wrote about an exhibit: use it for an exhibit that the materials do not cover.",
            """{"type":"object","properties":{"exhibit":{"type":"string","description":"id or title"}},"required":["exhibit"]}""", Info),
        new("suggest_tour", "A route through the museum's halls.",
            """{"type":"object","properties":{"minutes":{"type":"integer","description":"how long it may take"},"interest":{"type":"string","description":"a theme, for example sculpture or China"},"hall":{"type":"integer"}}}""",
            TourPlan.Of),
    ];

    public static IReadOnlyList<MuseumFunction> CarriedOutByClient { get; } =
    [
        new(ShowExhibit, "Shows an exhibit on the visitor's screen. Call it when you begin to speak about one that the visitor does not see yet.",
            """{"type":"object","properties":{"exhibit":{"type":"string","description":"id or title"}},"required":["exhibit"]}""", Show),
        new(NavigateScene, "Takes the visitor to a hall, or to where an exhibit stands. Call it only when they want to go there.",
            """{"type":"object","properties":{"hall":{"type":"integer"},"exhibit":{"type":"string","description":"id or title"}}}""", Navigate),
    ];

    /// <summary>An exhibit by its id, or by a name that is its alone; null: the museum has none such.</summary>
    public static int? Find(string? wanted, ContentIndex index)
    {
        if (string.IsNullOrWhiteSpace(wanted))
        {
            return null;
        }

        var mentions = index.EnglishNames.Find(EnglishWords.Of(wanted), index.Owns).Concat(index.ChineseNames.Find(ChineseNames.Plain(wanted), []));
        return index.NumberOf(wanted) ?? (mentions.Where(m => m.Strength > MentionStrength.Part).SelectMany(m => m.Exhibits).Distinct().ToList() is [var only] ? only : null);
    }

    /// <summary>What a client is given to show an exhibit.</summary>
    public static JsonObject Shown(int exhibit, ContentIndex index, Tongue tongue) => new()
    {
        ["exhibit_id"] = index.Exhibits[exhibit].Id,
        ["title"] = index.Exhibits[exhibit].Title[tongue],
        ["hall"] = index.Exhibits[exhibit].Hall,
    };

    public static JsonObject Error(string message) => new() { ["error"] = message };

    private static JsonObject Info(JsonElement arguments, Turn turn)
    {
        if (Find(Text(arguments, "exhibit"), turn.Index) is not { } exhibit)
        {
            return Error("The museum has no exhibit of that name.");
        }

        var tongue = turn.Question.Answer;
        var entry = turn.Index.Exhibits[exhibit];
        var info = Shown(exhibit, turn.Index, tongue);
        foreach (var (name, fact) in new[] { ("maker", entry.Maker), ("date", entry.Date), ("material", entry.Material), ("found", entry.Found), ("home", entry.Home) })
        {
            info[name] = fact[tongue];
        }

        var sentences = turn.Index.Sentences(exhibit, tongue).Take(MostSentences).ToList();
        turn.ToldOf.AddRange(sentences);
        info["text"] = string.Join(' ', sentences.Select(s => s.Text));
        return info;
    }

    private static JsonObject Show(JsonElement arguments, Turn turn) =>
        Find(Text(arguments, "exhibit") ?? Text(arguments, "exhibit_id"), turn.Index) is { } exhibit
            ? Shown(exhibit, turn.Index, turn.Question.Answer)
            : Error("The museum has no exhibit of that name.");

    private static JsonObject Navigate(JsonElement arguments, Turn turn)
    {
        var exhibit = Find(Text(arguments, "exhibit"), turn.Index);
        var number = exhibit is { } e ? turn.Index.Exhibits[e].Hall : Number(arguments, "hall");
        if (number is not { } hall || !turn.Index.Map.In(hall).Any())
        {
            return Error($"The halls are {string.Join(", ", turn.Index.Map.Halls.Order().Select(h => h.ToString(CultureInfo.InvariantCulture)))}.");
        }

        var place = new JsonObject { ["hall"] = hall };
        if (turn.Index.Halls.FirstOrDefault(h => h.Number == hall) is { } named)
        {
            place["name"] = named.Name[turn.Question.Answer];
        }

        if (exhibit is { } there)
        {
            place["exhibit_id"] = turn.Index.Exhibits[there].Id;
        }

        return place;
    }

    internal static string? Text(JsonElement arguments, string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Models write numbers as words of JSON, too.
    internal static int? Number(JsonElement arguments, string name) => arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt32(out var number) => number,
            JsonValueKind.String when int.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        }
        : null;
}
