using System.Text.RegularExpressions;
using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <summary>Reads one entry: front matter between two lines <c>---</c>, then the text of each language after its mark <c>&lt;!-- en --&gt;</c>.</summary>
internal static partial class EntryReader
{
    // `questions` is for tests alone: known here so that it can be left where it is.
    private static readonly HashSet<string> Keys =
        ["id", "hall", "title", "aliases", "maker", "date", "material", "found", "home", "tags", "sources", "suggested", "questions"];

    /// <param name="file">The file's name, <c>ID.md</c>.</param>
    /// <param name="text">The whole file.</param>
    /// <exception cref="EntryException">The entry cannot be served; says which line is at fault.</exception>
    public static Exhibit Read(string file, string text)
    {
        var (matter, id, lines, close) = Open(file, text);
        return new Exhibit
        {
            Id = id,
            Hall = matter.Number("hall", 1, ExhibitRules.HighestHall),
            Title = matter.Both("title"),
            Aliases = matter.BothLists("aliases"),
            Maker = matter.Both("maker"),
            Date = matter.Both("date"),
            Material = matter.Both("material"),
            Found = matter.Both("found"),
            Home = matter.Both("home"),
            Tags = matter.BothLists("tags"),
            Sources = matter.List("sources"),
            Suggested = matter.BothLists("suggested"),
            Body = new Localized<IReadOnlyList<Section>>(Body(file, lines, close + 1, Tongue.En), Body(file, lines, close + 1, Tongue.Zh)),
        };
    }

    /// <summary>As <see cref="Read"/>, but anything except the id may be missing.</summary>
    /// <exception cref="EntryException">What is there cannot be read.</exception>
    public static (string Id, ExhibitDocument Document) ReadPart(string file, string text)
    {
        var (matter, id, lines, close) = Open(file, text);
        Localized<T> Both<T>(Func<Tongue, T> of) => new(of(Tongue.En), of(Tongue.Zh));
        Localized<string> Texts(string key) => Both(t => matter.Has(key, t.Code()) ? matter.Text(key, t.Code()) : "");
        Localized<IReadOnlyList<string>> Lists(string key) => Both(t => matter.Has(key, t.Code()) ? matter.List(key, t.Code()) : []);
        return (id, new ExhibitDocument
        {
            Hall = matter.Has("hall") ? matter.Number("hall", 1, ExhibitRules.HighestHall) : null,
            Title = Texts("title"),
            Aliases = Lists("aliases"),
            Maker = Texts("maker"),
            Date = Texts("date"),
            Material = Texts("material"),
            Found = Texts("found"),
            Home = Texts("home"),
            Tags = Lists("tags"),
            Sources = matter.Has("sources") ? matter.List("sources") : [],
            Suggested = Lists("suggested"),
            Body = Both<IReadOnlyList<Section>>(t => Array.Exists(lines, l => l.Trim() == MarkOf(t)) ? Body(file, lines, close + 1, t) : []),
        });
    }

    public static string MarkOf(Tongue tongue) => $"<!-- {tongue.Code()} -->";

    private static (FrontMatter Matter, string Id, string[] Lines, int Close) Open(string file, string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var close = lines.Length > 0 && lines[0] == "---" ? Array.IndexOf(lines, "---", 1) : -1;
        if (close < 0)
        {
            throw new EntryException(file, 1, "the front matter must stand between two lines '---' at the top");
        }

        var matter = FrontMatter.Parse(file, 2, string.Join('\n', lines[1..close]));
        matter.AllowOnly(Keys);
        var id = matter.Text("id");
        return ExhibitRules.IsId(id) && $"{id}.md" == file
            ? (matter, id, lines, close)
            : throw matter.Fault("id", $"the id '{id}' must be the file's name, in lower case with hyphens");
    }

    private static List<Section> Body(string file, string[] lines, int from, Tongue tongue)
    {
        var mark = MarkOf(tongue);
        var start = Array.FindIndex(lines, from, l => l.Trim() == mark);
        if (start < 0)
        {
            throw new EntryException(file, from + 1, $"the mark '{mark}' is missing");
        }

        var sections = new List<Section>();
        var paragraphs = new List<string>();
        for (var i = start + 1; i < lines.Length && !Mark().IsMatch(lines[i]); i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                sections.Add(new Section(line[3..].Trim(), paragraphs = []));
            }
            else if (line.Length > 0)
            {
                if (sections.Count == 0)
                {
                    throw new EntryException(file, i + 1, "text before the first heading '## '");
                }

                paragraphs.Add(line);
            }
        }

        if (sections.Find(s => s.Paragraphs.Count == 0) is { } empty)
        {
            throw new EntryException(file, start + 1, $"nothing under the heading '{empty.Heading}'");
        }

        return sections.Count > 0 ? sections : throw new EntryException(file, start + 1, $"no text after '{mark}'");
    }

    [GeneratedRegex(@"^\s*<!-- [a-z]{2} -->\s*$")]
    private static partial Regex Mark();
}
