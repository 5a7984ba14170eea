using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Continuity;

/// <summary>What becomes of a message that a client misses.</summary>
internal enum Worth
{
    /// <summary>True only now: heartbeats, status, answers to what was asked on this very socket.</summary>
    Passing,

    /// <summary>Numbered, kept in the log, said again.</summary>
    Lasting,

    /// <summary>Waits for somebody who hears it; never kept.</summary>
    Sound,

    /// <summary>Shown with the sound, waits like it.</summary>
    Face,
}

internal static class MessageWorth
{
    public static Worth Of<T>(string type, T payload) => type switch
    {
        MessageTypes.Response => payload is ResponsePayload { Content.Voice: not null } ? Worth.Sound : Worth.Lasting,
        MessageTypes.AudioMeta or MessageTypes.VideoChunkMeta => Worth.Sound,
        MessageTypes.AvatarTrack => Worth.Face,
        MessageTypes.Sources or MessageTypes.Suggestions or MessageTypes.Transcript or MessageTypes.InterruptAck or MessageTypes.TurnMetrics
            or MessageTypes.TurnStarted or MessageTypes.TurnPaused or MessageTypes.TurnResumed or MessageTypes.TurnEnded => Worth.Lasting,
        // That an answer failed is part of it; what is wrong with a frame is said once.
        MessageTypes.Error => payload is ErrorPayload { RequestId: not null } ? Worth.Lasting : Worth.Passing,
        _ => Worth.Passing,
    };
}
