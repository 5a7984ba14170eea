using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAI.Chat;

namespace Museum.TextService.Functions;

/// <summary>Reads the functions that a client offers: OpenAI definitions, bare or inside <c>{"type":"function","function":…}</c>. Invalid ones are left out.</summary>
internal static partial class ClientFunctions
{
    // More would fill the prompt and confuse the model.
    private const int Most = 32;

    public static IEnumerable<ChatTool> Of(IReadOnlyList<string> definitions) => definitions.Take(Most).Select(Read).OfType<ChatTool>();

    private static ChatTool? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            var function = document.RootElement.TryGetProperty("function", out var inner) ? inner : document.RootElement;
            var name = function.GetProperty("name").GetString();
            if (name is null || !Name().IsMatch(name))
            {
                return null;
            }

            var description = function.TryGetProperty("description", out var text) ? text.GetString() : null;
            var parameters = function.TryGetProperty("parameters", out var schema) && schema.ValueKind == JsonValueKind.Object ? BinaryData.FromString(schema.GetRawText()) : null;
            return ChatTool.CreateFunctionTool(name, description, parameters);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]{0,63}$")]
    private static partial Regex Name();
}
