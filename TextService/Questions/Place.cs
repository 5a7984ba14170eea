using System.Globalization;
using System.Text.RegularExpressions;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Where a client says that its visitor is, in its own words.</summary>
internal sealed record Scene
{
    public const int LongestName = 200;
    public const int LongestPrompt = 2_000;
    public const int MostKeywords = 20;

    /// <summary>The hall's number; 0: not said.</summary>
    public int Hall { get; init; }

    /// <summary>The exhibit in view, by id; empty: none.</summary>
    public string Exhibit { get; init; } = "";

    /// <summary>MuseumAgent's <c>current_scene</c>.</summary>
    public string Name { get; init; } = "";
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>MuseumAgent's <c>scene_specific_prompt</c>: for a model alone.</summary>
    public string Prompt { get; init; } = "";
}

/// <summary>Where a visitor is, as the content knows it.</summary>
/// <param name="Hall">The hall's number; 0: not known.</param>
/// <param name="Exhibit">The exhibit in view; null: none.</param>
internal sealed partial record Place(int Hall, int? Exhibit)
{
    public static Place Unknown { get; } = new(0, null);

    /// <summary>What the museum does not have counts as not said; who stands before an exhibit stands in its hall.</summary>
    public static Place Of(Scene scene, ContentIndex index)
    {
        var exhibit = index.NumberOf(scene.Exhibit) ?? Named(scene.Name, index);
        var hall = Known(scene.Hall, index) ?? (exhibit is { } seen ? index.Exhibits[seen].Hall : HallOf(scene.Name, index));
        return new Place(hall, exhibit);
    }

    private static int? Known(int hall, ContentIndex index) => index.Halls.Any(h => h.Number == hall) ? hall : null;

    private static int? Named(string name, ContentIndex index)
    {
        var mentions = index.EnglishNames.Find(EnglishWords.Of(name), index.Owns).Concat(index.ChineseNames.Find(ChineseNames.Plain(name), []));
        return index.NumberOf(name) ?? (mentions.Where(m => m.Strength == MentionStrength.Name).SelectMany(m => m.Exhibits).Distinct().ToList() is [var only] ? only : null);
    }

    private static int HallOf(string name, ContentIndex index)
    {
        var number = HallNumber().Match(name) is { Success: true } match ? int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) : 0;
        var folded = Folding.Fold(name);
        return Known(number, index)
            ?? index.Halls.FirstOrDefault(h => Tongues.All.Any(t => Folding.Fold(h.Name[t]) == folded))?.Number
            ?? 0;
    }

    // "hall_3", "Room 3", "3号展厅"
    [GeneratedRegex(@"\b(?:hall|room|gallery)[\s_-]*(?<n>\d{1,4})(?!\d)|(?<n>\d{1,4})\s*号?(?:展厅|展室|厅)", RegexOptions.IgnoreCase)]
    private static partial Regex HallNumber();
}
