using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <summary>
/// Takes a document from outside: nothing in it is null afterwards, lines have no white space at their ends and none doubled, and empty items
/// are gone. So equal documents are written equally.
/// </summary>
internal static class TidyDocument
{
    public static ExhibitDocument Of(ExhibitDocument document) => document with
    {
        Title = Line(document.Title),
        Aliases = Lines(document.Aliases),
        Maker = Line(document.Maker),
        Date = Line(document.Date),
        Material = Line(document.Material),
        Found = Line(document.Found),
        Home = Line(document.Home),
        Tags = Lines(document.Tags),
        Sources = Lines(document.Sources),
        Suggested = Lines(document.Suggested),
        Body = Both(document.Body, Sections),
    };

    /// <summary>One line, with single spaces.</summary>
    public static string Line(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Localized<string> Line(Localized<string>? text) => Both(text, Line);

    private static Localized<IReadOnlyList<string>> Lines(Localized<IReadOnlyList<string>>? lines) => Both(lines, Lines);

    private static IReadOnlyList<string> Lines(IReadOnlyList<string?>? lines) => [.. (lines ?? []).Select(Line).Where(l => l.Length > 0).Distinct()];

    private static IReadOnlyList<Section> Sections(IReadOnlyList<Section?>? sections) =>
        [.. (sections ?? []).OfType<Section>().Select(s => new Section(Line(s.Heading), [.. (s.Paragraphs ?? []).Select(Line).Where(p => p.Length > 0)])).Where(s => s.Paragraphs.Count > 0)];

    // Whoever sends JSON may leave out what the type says is there.
    private static Localized<TOut> Both<TIn, TOut>(Localized<TIn>? value, Func<TIn?, TOut> tidy) => new(tidy(value is null ? default : value.En), tidy(value is null ? default : value.Zh));
}
