using System.Text;
using System.Text.Json;
using OpenAI.Chat;

namespace Museum.TextService.Functions;

/// <summary>
/// Puts function calls together that arrive in pieces, by their index; servers that give every call the index 0 tell them apart by their
/// ids, and one without an id is given one. A call whose arguments are no JSON, because the model was cut off in the middle, is none.
/// </summary>
internal sealed class ToolCalls
{
    private sealed class Call
    {
        public string Id { get; set; } = "call_" + Guid.NewGuid().ToString("n");
        public string Name { get; set; } = "";
        public StringBuilder Arguments { get; } = new();
        public string Json => Arguments.Length > 0 ? Arguments.ToString() : "{}";

        public bool IsWhole
        {
            get
            {
                if (Name.Length == 0)
                {
                    return false;
                }

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

    private readonly List<(int Index, Call Call)> calls = [];

    public bool IsEmpty => All.Count == 0;

    public IReadOnlyList<ChatToolCall> All =>
        [.. calls.OrderBy(c => c.Index).Select(c => c.Call).Where(c => c.IsWhole).Select(c => ChatToolCall.CreateFunctionToolCall(c.Id, c.Name, BinaryData.FromString(c.Json)))];

    public void Add(IEnumerable<StreamingChatToolCallUpdate> updates)
    {
        foreach (var update in updates)
        {
            var call = calls.FindLast(c => c.Index == update.Index).Call;
            if (call is null || (!string.IsNullOrEmpty(update.ToolCallId) && call.Id != update.ToolCallId && call.Arguments.Length > 0))
            {
                calls.Add((update.Index, call = new Call()));
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
