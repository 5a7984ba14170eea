using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Exchange;

/// <summary>One exhibit per file, as in content/; but anything may be missing.</summary>
internal static class MarkdownFormat
{
    // A JSON string is a YAML string.
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ExchangeRow Read(string file, string text)
    {
        try
        {
            var (id, document) = EntryReader.ReadPart(file, text);
            return new ExchangeRow(file, id, null, document);
        }
        catch (EntryException fault)
        {
            return ExchangeRow.Faulty(file, Path.GetFileNameWithoutExtension(file), $"{fault.Line}: {fault.Reason}");
        }
    }

    public static string Write(string id, ExhibitDocument document)
    {
        var text = new StringBuilder("---\n").Append(CultureInfo.InvariantCulture, $"id: {id}\n");
        if (document.Hall is { } hall)
        {
            text.Append(CultureInfo.InvariantCulture, $"hall: {hall}\n");
        }

        void Both<T>(string key, Localized<T> value, Func<T, bool> has)
        {
            var sides = Tongues.All.Where(t => has(value[t])).Select(t => $"{t.Code()}: {JsonSerializer.Serialize(value[t], Quoted)}").ToList();
            text.Append(sides.Count > 0 ? $"{key}: {{ {string.Join(", ", sides)} }}\n" : "");
        }

        void Texts(string key, Localized<string> value) => Both(key, value, v => v.Length > 0);
        void Lists(string key, Localized<IReadOnlyList<string>> value) => Both(key, value, v => v.Count > 0);
        Texts("title", document.Title);
        Lists("aliases", document.Aliases);
        Texts("maker", document.Maker);
        Texts("date", document.Date);
        Texts("material", document.Material);
        Texts("found", document.Found);
        Texts("home", document.Home);
        Lists("tags", document.Tags);
        text.Append(document.Sources.Count > 0 ? $"sources: {JsonSerializer.Serialize(document.Sources, Quoted)}\n" : "");
        Lists("suggested", document.Suggested);
        text.Append("---\n");
        foreach (var tongue in Tongues.All.Where(t => document.Body[t].Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{EntryReader.MarkOf(tongue)}\n\n{SectionText.Write([.. document.Body[tongue].Select(s => s.Heading.Length > 0 ? s : s with { Heading = document.Title[tongue] })])}\n");
        }

        return text.ToString();
    }
}
