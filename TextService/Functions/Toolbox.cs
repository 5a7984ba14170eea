using System.Text.Json;
using System.Text.Json.Nodes;
using Museum.TextService.Generation;
using Museum.TextService.Language;
using OpenAI.Chat;

namespace Museum.TextService.Functions;

/// <summary>The functions of one turn: the client's as it defined them, and the museum's own.</summary>
internal sealed class Toolbox
{
    private readonly Dictionary<string, MuseumFunction> here;
    private readonly Dictionary<string, MuseumFunction> checkedHere;
    private readonly HashSet<string> clients;

    public Toolbox(Turn turn)
    {
        var offered = ClientFunctions.Of(turn.Request.Functions).DistinctBy(t => t.FunctionName).ToList();
        clients = [.. offered.Select(t => t.FunctionName)];
        // A client's own definition of a function that the museum answers takes its place.
        here = MuseumFunctions.AnsweredHere.Where(f => !clients.Contains(f.Name)).ToDictionary(f => f.Name);
        checkedHere = MuseumFunctions.CarriedOutByClient.Where(f => clients.Contains(f.Name)).ToDictionary(f => f.Name);
        Tools = [.. offered.Select(t => checkedHere.TryGetValue(t.FunctionName, out var own) ? own.Tool : t), .. here.Values.Select(f => f.Tool)];
    }

    public IReadOnlyList<ChatTool> Tools { get; }

    /// <summary>What a call comes to at once: what the model is told, or else what the client is asked to do for it.</summary>
    public (string? Told, Piece.Call? Asked) Begin(ChatToolCall call, Turn turn)
    {
        if (here.TryGetValue(call.FunctionName, out var own))
        {
            return (Json(own.Run(Arguments(call), turn)), null);
        }

        if (!clients.Contains(call.FunctionName))
        {
            return (Json(MuseumFunctions.Error("There is no such function.")), null);
        }

        var arguments = call.FunctionArguments.ToString();
        if (checkedHere.TryGetValue(call.FunctionName, out var known))
        {
            var meant = known.Run(Arguments(call), turn);
            if (meant.ContainsKey("error"))
            {
                return (Json(meant), null);
            }

            arguments = Json(meant);
        }

        return (null, new Piece.Call(call.Id, call.FunctionName, arguments));
    }

    /// <summary>What the model is told of what the client has done.</summary>
    public static async Task<string> ResultAsync(Piece.Call asked, IFunctionResults results, CancellationToken ct)
    {
        var outcome = await results.WaitAsync(asked.Id, ct);
        return outcome.IsSuccess ? outcome.ResultJson : $"{{\"error\":{outcome.ResultJson}}}";
    }

    /// <summary>That the client show what is spoken of, where it can and the visitor does not see it yet; null: nothing to show.</summary>
    public static Piece.Call? Show(IReadOnlyList<int>? about, IReadOnlyList<string> functions, int? inView, Index.ContentIndex index, Tongue tongue) =>
        about is [var exhibit, ..] && exhibit != inView && ClientFunctions.Of(functions).Any(t => t.FunctionName == MuseumFunctions.ShowExhibit)
            ? new Piece.Call("call_" + Guid.NewGuid().ToString("n"), MuseumFunctions.ShowExhibit, Json(MuseumFunctions.Shown(exhibit, index, tongue)))
            : null;

    private static JsonElement Arguments(ChatToolCall call) => JsonElement.Parse(call.FunctionArguments);

    private static string Json(JsonObject value) => value.ToJsonString(Readable);

    // Chinese as it is written: a model reads it, and it costs a third of the tokens.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
