using System.Globalization;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.TextService.Content;

namespace Museum.TextService.Exchange;

/// <summary><c>{"exhibits": [{"id", "revision", "document": {…}}]}</c>, or the list alone.</summary>
internal static class JsonFormat
{
    private sealed record Item(string? Id, long? Revision, ExhibitDocument? Document);

    /// <exception cref="FormatException">It is no list.</exception>
    public static IEnumerable<ExchangeRow> Read(string file, string text)
    {
        using var json = Parse(file, text);
        var list = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("exhibits", out var named) ? named : json.RootElement;
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{file} is neither a list of exhibits nor {{\"exhibits\": […]}}.");
        }

        return [.. list.EnumerateArray().Select((item, i) => Read(string.Create(CultureInfo.InvariantCulture, $"{file}:{i + 1}"), item))];
    }

    public static string Write(string id, long revision, ExhibitDocument document) => JsonSerializer.Serialize(new Item(id, revision, document), ProtocolJson.Options);

    private static JsonDocument Parse(string file, string text)
    {
        try
        {
            return JsonDocument.Parse(text.TrimStart('\uFEFF'));
        }
        catch (JsonException e)
        {
            throw new FormatException($"{file} is not JSON: {e.Message}", e);
        }
    }

    private static ExchangeRow Read(string source, JsonElement element)
    {
        try
        {
            var item = element.Deserialize<Item>(ProtocolJson.Options);
            return item?.Document is { } document
                ? new ExchangeRow(source, item.Id ?? "", item.Revision, TidyDocument.Of(document))
                : ExchangeRow.Faulty(source, item?.Id ?? "", "the member 'document' is missing");
        }
        catch (JsonException e)
        {
            return ExchangeRow.Faulty(source, "", $"at {e.Path}: not what an exhibit has there");
        }
    }
}
