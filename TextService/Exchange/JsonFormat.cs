using System.Globalization;
using System.Text;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.TextService.Content;

namespace Museum.TextService.Exchange;

/// <summary><c>{"exhibits": [{"id", "revision", "document": {…}}]}</c>, or the list alone.</summary>
internal static class JsonFormat
{
    // A parsed document takes 12 bytes for each. An exhibit of the usual length has 200, so that 20,000 of them pass.
    private const int MostTokens = 10_000_000;

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

        foreach (var (i, item) in list.EnumerateArray().Index())
        {
            yield return Read(string.Create(CultureInfo.InvariantCulture, $"{file}:{i + 1}"), item);
        }
    }

    public static string Write(string id, long revision, ExhibitDocument document) => JsonSerializer.Serialize(new Item(id, revision, document), ProtocolJson.Options);

    private static JsonDocument Parse(string file, string text)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
            var tokens = 0;
            for (var reader = new Utf8JsonReader(bytes); reader.Read();)
            {
                if (++tokens > MostTokens)
                {
                    throw new FormatException($"{file} has more than {MostTokens} values and names.");
                }
            }

            return JsonDocument.Parse(bytes);
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
