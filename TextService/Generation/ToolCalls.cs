using System.Text;
using System.Text.Json;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>
/// Puts function calls together that arrive in pieces, by their index. One whose arguments are no JSON, because the model was cut off in
/// the middle, is none.
/// </summary>
internal sealed class ToolCalls
{
    private sealed class Call
    {
        public string Id { get; set; } = "";
        public string Name { get; set; } = "";
        public StringBuilder Arguments { get; } = new();
        public string Json => Arguments.Length > 0 ? Arguments.ToString() : "{}";

        public bool IsWhole
        {
            get
            {
                try
                {
                    using var parsed = JsonDocument.Parse(Json);
                    return true;
                }
                catch (JsonException)
                {
                    return false;
                }
            }
        }
    }

    private readonly SortedDictionary<int, Call> calls = [];

    public bool IsEmpty => All.Count == 0;

    public IReadOnlyList<ChatToolCall> All =>
        [.. calls.Values.Where(c => c.IsWhole).Select(c => ChatToolCall.CreateFunctionToolCall(c.Id, c.Name, BinaryData.FromString(c.Json)))];

    public void Add(IEnumerable<StreamingChatToolCallUpdate> updates)
    {
        foreach (var update in updates)
        {
            if (!calls.TryGetValue(update.Index, out var call))
            {
                calls[update.Index] = call = new Call();
            }

            call.Id = string.IsNullOrEmpty(update.ToolCallId) ? call.Id : update.ToolCallId;
            call.Name = string.IsNullOrEmpty(update.FunctionName) ? call.Name : update.FunctionName;
            if (update.FunctionArgumentsUpdate is { } part && !part.ToMemory().IsEmpty)
            {
                call.Arguments.Append(part);
            }
        }
    }

    public AssistantChatMessage ToMessage(string said)
    {
        var message = new AssistantChatMessage(All);
        if (said.Length > 0)
        {
            message.Content.Add(ChatMessageContentPart.CreateTextPart(said));
        }

        return message;
    }
}
