using System.Text.Json;
using System.Text.Json.Nodes;

namespace Museum.AudioService.DashScope;

/// <summary>
/// The text messages of DashScope's WebSocket protocol, both ways:
/// <code>{"header":{"action":"run-task","task_id":"…","streaming":"duplex"},"payload":{…}}
/// {"header":{"event":"result-generated","task_id":"…"},"payload":{"output":{…}}}</code>
/// https://help.aliyun.com/zh/model-studio/cosyvoice-websocket-api
/// </summary>
internal sealed record DashScopeFrame(DashScopeHeader Header, JsonNode? Payload)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Compose(string action, string task, object payload) => JsonSerializer.Serialize(
        new DashScopeFrame(new() { Action = action, TaskId = task, Streaming = "duplex" }, JsonSerializer.SerializeToNode(payload, Json)), Json);

    public static DashScopeFrame? Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize<DashScopeFrame>(message, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public T? Output<T>() => Payload?["output"] is { } output ? output.Deserialize<T>(Json) : default;
}

internal sealed record DashScopeHeader
{
    public string? Action { get; init; }

    public string? Event { get; init; }

    public string TaskId { get; init; } = "";

    public string? Streaming { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }
}

/// <summary>What a speaking task tells: <c>sentence-begin</c>, <c>sentence-synthesis</c> (sound follows), <c>sentence-end</c> (with the words).</summary>
internal sealed record SpokenOutput(string? Type, SpokenSentence? Sentence);

internal sealed record SpokenSentence(int Index, IReadOnlyList<SpokenWord>? Words);

/// <param name="BeginTime">Milliseconds.</param>
internal sealed record SpokenWord(string Text, double BeginTime, double EndTime);
