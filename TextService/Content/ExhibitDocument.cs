using System.Text.Json;
using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <summary>
/// An exhibit as a curator writes it; anything may still be missing. What is missing in one language only is taken from the other when the
/// guide is asked, so that an exhibit can go live before its translation.
/// </summary>
internal sealed record ExhibitDocument
{
    /// <summary>The number of a hall, 1–99; without it the exhibit stands nowhere.</summary>
    public int? Hall { get; init; }
    public Localized<string> Title { get; init; } = Nothing;

    /// <summary>Other names by which visitors ask for it.</summary>
    public Localized<IReadOnlyList<string>> Aliases { get; init; } = None;
    public Localized<string> Maker { get; init; } = Nothing;
    public Localized<string> Date { get; init; } = Nothing;
    public Localized<string> Material { get; init; } = Nothing;
    public Localized<string> Found { get; init; } = Nothing;
    public Localized<string> Home { get; init; } = Nothing;
    public Localized<IReadOnlyList<string>> Tags { get; init; } = None;

    /// <summary>Where the texts have it from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Questions offered to visitors; what the text does not answer is not offered.</summary>
    public Localized<IReadOnlyList<string>> Suggested { get; init; } = None;
    public Localized<IReadOnlyList<Section>> Body { get; init; } = NoText;

    /// <summary>What an SRS client said of it beyond this; kept for it; the guide speaks of none of it, and but for the category only curators read it.</summary>
    public ArtifactData? Artifact { get; init; }

    private static Localized<string> Nothing { get; } = new("", "");
    private static Localized<IReadOnlyList<string>> None { get; } = new([], []);
    private static Localized<IReadOnlyList<Section>> NoText { get; } = new([], []);

    public static ExhibitDocument Of(Exhibit exhibit) => new()
    {
        Hall = exhibit.Hall,
        Title = exhibit.Title,
        Aliases = exhibit.Aliases,
        Maker = exhibit.Maker,
        Date = exhibit.Date,
        Material = exhibit.Material,
        Found = exhibit.Found,
        Home = exhibit.Home,
        Tags = exhibit.Tags,
        Sources = exhibit.Sources,
        Suggested = exhibit.Suggested,
        Body = exhibit.Body,
    };

    /// <summary>As it is served: <see cref="ExhibitRules.CanGoLive"/>.</summary>
    public Exhibit ToExhibit(string id) => new()
    {
        Id = id,
        Hall = Hall ?? 0,
        Title = Either(Title),
        Aliases = Aliases,
        Maker = Either(Maker),
        Date = Either(Date),
        Material = Either(Material),
        Found = Either(Found),
        Home = Either(Home),
        Tags = Tags,
        Sources = Sources,
        Suggested = Suggested,
        Body = new(Body.En.Count > 0 ? Body.En : Body.Zh, Body.Zh.Count > 0 ? Body.Zh : Body.En),
    };

    private static Localized<string> Either(Localized<string> value) =>
        new(value.En.Length > 0 ? value.En : value.Zh, value.Zh.Length > 0 ? value.Zh : value.En);
}

/// <param name="Category">At most 64 characters.</param>
/// <param name="Metadata">Any object.</param>
internal sealed record ArtifactData(string? Category, IReadOnlyDictionary<string, JsonElement>? Metadata, string? SourceType, string? SourcePath);
