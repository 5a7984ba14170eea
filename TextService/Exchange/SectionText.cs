using Museum.TextService.Content;

namespace Museum.TextService.Exchange;

/// <summary>An exhibit's text as one: headings after <c>## </c>, a paragraph a line.</summary>
internal static class SectionText
{
    private const string Heading = "## ";

    public static string Write(IReadOnlyList<Section> sections) =>
        string.Join("\n\n", sections.Select(s => string.Join('\n', s.Paragraphs.Prepend(Heading + s.Heading).Where(l => l != Heading))));

    /// <summary>Text without any heading is one section without one.</summary>
    public static IReadOnlyList<Section> Read(string text)
    {
        var sections = new List<(string Heading, List<string> Paragraphs)> { ("", []) };
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            if (line.StartsWith(Heading, StringComparison.Ordinal))
            {
                sections.Add((line[Heading.Length..].Trim(), []));
            }
            else
            {
                sections[^1].Paragraphs.Add(line);
            }
        }

        return [.. sections.Where(s => s.Paragraphs.Count > 0).Select(s => new Section(s.Heading, s.Paragraphs))];
    }
}
