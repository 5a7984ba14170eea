using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Conversation;

/// <summary>Section <c>Conversation</c>: what a session remembers, and how long.</summary>
internal sealed class ConversationOptions
{
    public const string Section = "Conversation";

    // Turns are numbered anew after two hours' silence (TurnNumbers.KeepFor): what is remembered must be gone by then.
    [Setting("How long a conversation is remembered after its last turn. It is deleted with its session before that.", Live = true)]
    [Range(1, 120)]
    public int KeptMinutes { get; init; } = 60;

    // With the answer, the materials and the instructions it has to fit into the 8,192 tokens of a small model.
    [Setting("Tokens of the conversation that are remembered word for word; what is older is summed up.", Live = true)]
    [Range(200, 32_000)]
    public int HistoryTokens { get; init; } = 2_000;

    [Setting("Tokens of the summary of what is older.", Live = true)]
    [Range(50, 4_000)]
    public int SummaryTokens { get; init; } = 400;

    [Setting("After three questions to one work, or thanks, the answer ends with a proposal where to go next. Without it only the client is told.", Live = true)]
    public bool ProposeNextStop { get; init; } = true;

    public TimeSpan KeptFor => TimeSpan.FromMinutes(KeptMinutes);
}
