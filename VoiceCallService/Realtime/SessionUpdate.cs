using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What a REQUEST may change of its session: <c>update_session</c>, and <c>function_calling</c> with its operation (origins.md §2).</summary>
internal static class SessionUpdate
{
    /// <summary>A model chooses badly among more, and each of them costs its window.</summary>
    public const int MostFunctions = 64;

    public static void Apply(ClientSession session, RequestPayload request)
    {
        if (request.FunctionCalling is not null || request.FunctionCallingOp is not null)
        {
            session.Functions = Change(session.Functions, request.FunctionCallingOp ?? "REPLACE", request.FunctionCalling ?? [], request.RequestId);
        }

        if (request.UpdateSession is not { ValueKind: JsonValueKind.Object } json)
        {
            return;
        }

        var update = Read(json, request.RequestId);
        if (update.Voice is { } voice && VoiceRange.Problem(voice) is { } problem)
        {
            throw ProtocolException.Malformed(problem, request.RequestId);
        }

        session.Voice = update.Voice ?? session.Voice;
        session.RequireTts = update.RequireTts ?? session.RequireTts;
        session.EnableSrs = update.EnableSrs ?? session.EnableSrs;
        session.SystemPrompt = update.SystemPrompt ?? session.SystemPrompt;
        session.Scene = update.SceneContext ?? session.Scene;
        if (update.FunctionCalling is not null)
        {
            session.Functions = Change(session.Functions, update.FunctionCallingOp ?? "REPLACE", update.FunctionCalling, request.RequestId);
        }
    }

    private static IReadOnlyList<JsonElement> Change(IReadOnlyList<JsonElement> held, string operation, IReadOnlyList<JsonElement> given, string? requestId)
    {
        var names = given.Select(Name).ToHashSet();
        var others = held.Where(f => !names.Contains(Name(f)));
        IReadOnlyList<JsonElement> changed = operation switch
        {
            "REPLACE" => given,
            "ADD" or "UPDATE" => [.. others, .. given],
            "DELETE" => [.. others],
            _ => throw ProtocolException.Malformed("function_calling_op is REPLACE, ADD, UPDATE or DELETE.", requestId),
        };
        return changed.Count <= MostFunctions ? changed : throw ProtocolException.Malformed($"A session holds at most {MostFunctions} functions.", requestId);
    }

    /// <summary>Of <c>{"name": …}</c>, and of the same as OpenAI wraps it: <c>{"type": "function", "function": {"name": …}}</c>.</summary>
    private static string? Name(JsonElement function)
    {
        if (function.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var bare = function.TryGetProperty("function", out var wrapped) && wrapped.ValueKind == JsonValueKind.Object ? wrapped : function;
        return bare.TryGetProperty("name", out var name) ? name.ToString() : null;
    }

    private static Fields Read(JsonElement json, string? requestId)
    {
        try
        {
            return json.Deserialize<Fields>(ProtocolJson.Options)!;
        }
        catch (JsonException)
        {
            throw ProtocolException.Malformed("update_session has a field of the wrong type.", requestId);
        }
    }

    private sealed record Fields
    {
        public bool? RequireTts { get; init; }
        public bool? EnableSrs { get; init; }
        public VoiceSettings? Voice { get; init; }
        public SystemPrompt? SystemPrompt { get; init; }
        public SceneContext? SceneContext { get; init; }
        public IReadOnlyList<JsonElement>? FunctionCalling { get; init; }
        public string? FunctionCallingOp { get; init; }
    }
}
