using System.Diagnostics;

namespace Museum.VoiceCallService.Turns;

/// <summary>What a turn begins with.</summary>
internal sealed record Question(string Text)
{
    /// <summary>The client's name for it; null: it was spoken, and the turn's number names it.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the guide says by itself, without asking anybody; null: the text is to be answered.</summary>
    public string? Reply { get; init; }

    public required bool WantsVoice { get; init; }

    public required bool EnableSrs { get; init; }

    public ActivityContext Parent { get; init; }

    /// <summary>When it was asked, in ticks of the clock; null: now.</summary>
    public long? AskedAt { get; init; }
}
