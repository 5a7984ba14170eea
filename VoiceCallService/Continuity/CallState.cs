using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Continuity;

/// <summary>What a new holder needs to know beside the messages; JSON in the store.</summary>
internal sealed record CallState
{
    /// <summary>The turn under way, or the last one.</summary>
    public TurnRecord Turn { get; init; } = new();

    /// <summary>Of POST /api/voice/start; null: the call was opened without.</summary>
    public string? CallId { get; init; }

    /// <summary>When its first holder opened it; the limit of a call's length counts from then. Null: written before this was.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>Everything up to this turn is behind the fence.</summary>
    public long FencedThrough { get; init; }

    /// <summary>What was heard of interrupted answers, until the next question takes it along.</summary>
    public IReadOnlyList<HeardAnswer> Heard { get; init; } = [];

    /// <summary>The requests last seen, so that one sent twice is answered once.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    public static CallState Of(TurnRecord turn, ClientSession session, Fence fence) => new()
    {
        Turn = turn,
        CallId = session.CallId,
        Began = session.CallBegan,
        FencedThrough = fence.ClosedThrough,
        Heard = [.. session.PendingHeard().Select(h => new HeardAnswer(h.TurnId, h.Text))],
        Requests = session.RecentRequests(),
    };
}

internal sealed record HeardAnswer(long Turn, string Text);
