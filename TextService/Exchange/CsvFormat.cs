using System.Globalization;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Exchange;

/// <summary>
/// One exhibit per line, one column per member and language, in any order; what a column is left out for stays as it is. Lists have an item per line of
/// their cell, texts as in <see cref="SectionText"/>.
/// </summary>
internal static class CsvFormat
{
    private sealed record Column(string Name, Func<ExhibitDocument, string> Get, Func<ExhibitDocument, string, ExhibitDocument> Set);

    private static readonly Column[] Members =
    [
        new("hall", d => d.Hall?.ToString(CultureInfo.InvariantCulture) ?? "", (d, v) => d with { Hall = v.Trim().Length == 0 ? null : int.Parse(v, NumberStyles.Integer, CultureInfo.InvariantCulture) }),
        .. Both("title", d => d.Title, (d, v) => d with { Title = v }),
        .. Lists("aliases", d => d.Aliases, (d, v) => d with { Aliases = v }),
        .. Both("maker", d => d.Maker, (d, v) => d with { Maker = v }),
        .. Both("date", d => d.Date, (d, v) => d with { Date = v }),
        .. Both("material", d => d.Material, (d, v) => d with { Material = v }),
        .. Both("found", d => d.Found, (d, v) => d with { Found = v }),
        .. Both("home", d => d.Home, (d, v) => d with { Home = v }),
        .. Lists("tags", d => d.Tags, (d, v) => d with { Tags = v }),
        new("sources", d => Lines(d.Sources), (d, v) => d with { Sources = Lines(v) }),
        .. Lists("suggested", d => d.Suggested, (d, v) => d with { Suggested = v }),
        .. Both("text", d => new(SectionText.Write(d.Body.En), SectionText.Write(d.Body.Zh)), (d, v) => d with { Body = new(SectionText.Read(v.En), SectionText.Read(v.Zh)) }),
    ];

    public static string Header { get; } = CsvText.Write(Members.Select(c => c.Name).Prepend("revision").Prepend("id"));

    public static string Write(string id, long revision, ExhibitDocument document) =>
        CsvText.Write(Members.Select(c => c.Get(document)).Prepend(revision.ToString(CultureInfo.InvariantCulture)).Prepend(id));

    /// <exception cref="FormatException">It is no table of exhibits.</exception>
    public static IEnumerable<ExchangeRow> Read(string file, string text)
    {
        List<string>? header = null;
        foreach (var (line, fields) in CsvText.Read(text.TrimStart('\uFEFF')))
        {
            if (header is null)
            {
                header = [.. fields.Select(f => f.Trim().ToLowerInvariant())];
                var unknown = header.Where(h => h is not ("id" or "revision") && !Array.Exists(Members, c => c.Name == h)).ToList();
                if (unknown.Count > 0 || !header.Exists(h => h is "id" or "title_en"))
                {
                    throw new FormatException(unknown.Count > 0
                        ? $"{file} has columns that no exhibit has: {string.Join(", ", unknown)}. There are id, revision, {string.Join(", ", Members.Select(c => c.Name))}."
                        : $"The first line of {file} names the columns; one of them is id or title_en.");
                }
            }
            else
            {
                yield return Read($"{file}:{line}", header, fields);
            }
        }
    }

    private static ExchangeRow Read(string source, List<string> header, List<string> fields)
    {
        string Field(string name) => header.IndexOf(name) is var at && at >= 0 && at < fields.Count ? fields[at].Trim() : "";
        try
        {
            ExhibitDocument Written(ExhibitDocument on) => Members.Where(c => header.Contains(c.Name)).Aggregate(on, (d, c) => c.Set(d, Field(c.Name)));
            return new ExchangeRow(source, Field("id"), Field("revision") is { Length: > 0 } r ? long.Parse(r, NumberStyles.None, CultureInfo.InvariantCulture) : null, Written(new ExhibitDocument()))
            {
                Patch = Written,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return ExchangeRow.Faulty(source, Field("id"), "hall and revision are whole numbers");
        }
    }

    private static Column[] Both(string name, Func<ExhibitDocument, Localized<string>> get, Func<ExhibitDocument, Localized<string>, ExhibitDocument> set) =>
    [
        new($"{name}_en", d => get(d).En, (d, v) => set(d, get(d) with { En = v })),
        new($"{name}_zh", d => get(d).Zh, (d, v) => set(d, get(d) with { Zh = v })),
    ];

    private static Column[] Lists(string name, Func<ExhibitDocument, Localized<IReadOnlyList<string>>> get, Func<ExhibitDocument, Localized<IReadOnlyList<string>>, ExhibitDocument> set) =>
        Both(name, d => new(Lines(get(d).En), Lines(get(d).Zh)), (d, v) => set(d, new(Lines(v.En), Lines(v.Zh))));

    private static string Lines(IReadOnlyList<string> items) => string.Join('\n', items);

    private static string[] Lines(string cell) => cell.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
