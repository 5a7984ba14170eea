using System.Text.Json;
using System.Text.Json.Nodes;
using Museum.TextService.Generation;
using OpenAI.Chat;

namespace Museum.TextService.Functions;

/// <summary>A function of the museum's own, whoever carries it out.</summary>
/// <param name="Name">As models and clients know it.</param>
/// <param name="Description">For the model.</param>
/// <param name="Parameters">JSON schema.</param>
/// <param name="Run">
/// What the arguments come to: of a function that is answered here its result, of one that the client carries out the arguments that it is
/// given. An object with <c>error</c> goes back to the model in both cases.
/// </param>
internal sealed record MuseumFunction(string Name, string Description, string Parameters, Func<JsonElement, Turn, JsonObject> Run)
{
    public ChatTool Tool { get; } = ChatTool.CreateFunctionTool(Name, Description, BinaryData.FromString(Parameters));
}
