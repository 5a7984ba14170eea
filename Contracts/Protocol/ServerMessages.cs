using System.Text.Json;

namespace Museum.Contracts.Protocol;

public sealed record RegisterAckPayload
{
    public string Status { get; init; } = "SUCCESS";
    public required string Message { get; init; }
    public required string SessionId { get; init; }
    public required int SessionTimeoutSeconds { get; init; }

    /// <summary>Absent when resume is off (no store to agree in).</summary>
    public string? ResumeToken { get; init; }

    /// <summary>In answer to <c>resume</c>: true, the conversation goes on; false, a new one begins in the same session.</summary>
    public bool? Resumed { get; init; }
    public required IReadOnlyList<string> ProtocolFeatures { get; init; }
    public required AudioFormats Audio { get; init; }
}

/// <summary>A piece of the answer. A stream that this message carries nothing of leaves its seq out.</summary>
public sealed record ResponsePayload
{
    public required string RequestId { get; init; }
    public int? TextStreamSeq { get; init; }
    public int? VoiceStreamSeq { get; init; }
    public FunctionCallPayload? FunctionCall { get; init; }
    public required ResponseContent Content { get; init; }
    public bool Interrupted { get; init; }
    public string? InterruptReason { get; init; }
    public required long TurnId { get; init; }

    /// <summary>The sentence, from 0; absent where the message is about the whole turn.</summary>
    public int? Sequence { get; init; }
    public long? Seq { get; init; }
}

public sealed record ResponseContent
{
    public string? Text { get; init; }

    /// <summary>Base64 of the sound, in the session's output format.</summary>
    public string? Voice { get; init; }
}

public sealed record FunctionCallPayload
{
    public required string Name { get; init; }
    public JsonElement? Parameters { get; init; }
    public required string CallId { get; init; }
}

public sealed record InterruptAckPayload
{
    public required IReadOnlyList<string> InterruptedRequestIds { get; init; }

    [OneOf("SUCCESS", "PARTIAL", "FAILED")]
    public required string Status { get; init; }
    public required string Message { get; init; }
}

public sealed record SessionInfoPayload
{
    public required string Status { get; init; }
    public required string Message { get; init; }
    public required IReadOnlyDictionary<string, object?> SessionData { get; init; }
}

public sealed record SessionWarnPayload
{
    [OneOf("EXPIRE_SOON", "IDLE", "CALL_LIMIT")]
    public string WarnType { get; init; } = "EXPIRE_SOON";
    public required int RemainingSeconds { get; init; }
    public required string Message { get; init; }
}

public sealed record HeartbeatPayload
{
    public required int RemainingSeconds { get; init; }
}

public sealed record HealthCheckAckPayload
{
    public required IReadOnlyDictionary<string, object?> HealthStatus { get; init; }
}

public sealed record ShutdownPayload
{
    [OneOf("REPLACED", "SERVER_SHUTDOWN", "IDLE", "CALL_LIMIT", "ENDED")]
    public required string Reason { get; init; }
    public int? ReconnectAfterMs { get; init; }
}

public sealed record ErrorPayload
{
    [OneOf(typeof(ErrorCodes))]
    public required string ErrorCode { get; init; }
    public required string ErrorMsg { get; init; }
    public string? ErrorDetail { get; init; }
    public required bool Retryable { get; init; }
    public string? RequestId { get; init; }
    public int? RetryAfterMs { get; init; }
    public string? TraceId { get; init; }
}

public sealed record TurnStartedPayload
{
    public required long TurnId { get; init; }
    public string? RequestId { get; init; }
}

public sealed record TurnEndedPayload
{
    public required long TurnId { get; init; }
    public required bool Interrupted { get; init; }
    public string? HeardText { get; init; }
}

/// <summary>Speech began or ended; milliseconds of the microphone's sound since the call began.</summary>
public sealed record SpeechPayload
{
    public required double AudioMs { get; init; }
}

/// <summary>What was heard. The words may change until <c>is_final</c>; the final one belongs to a turn if it is answered.</summary>
public sealed record TranscriptPayload
{
    public long? TurnId { get; init; }
    public required string Text { get; init; }
    public required bool IsFinal { get; init; }

    /// <summary>0–1; of a final transcript.</summary>
    public double? Confidence { get; init; }

    /// <summary>Final: its words, in milliseconds from the utterance's beginning.</summary>
    public IReadOnlyList<SpokenWord>? Words { get; init; }
}

/// <summary>The voice stands still; play nothing more of it until TURN_RESUMED or TURN_ENDED. <c>reason</c>: USER_SPEECH.</summary>
public sealed record TurnPausedPayload
{
    public required long TurnId { get; init; }
    public required string Reason { get; init; }
}

/// <summary>The voice goes on where it stopped.</summary>
public sealed record TurnResumedPayload
{
    public required long TurnId { get; init; }
}

/// <summary>Announces one binary frame of sound, and where in the sentence it belongs.</summary>
public sealed record AudioMetaPayload
{
    /// <summary>That of the message before it: sound itself is not said again.</summary>
    public long? Seq { get; init; }
    public required long TurnId { get; init; }
    public required int Sequence { get; init; }

    /// <summary>Bytes of the binary frame that follows; 0: no frame follows (the sentence ends without more sound).</summary>
    public required int Size { get; init; }
    public required double DurationMs { get; init; }
    public required string Text { get; init; }
    public required int SampleRate { get; init; }

    /// <summary>Offset of this chunk from the sentence's first sample.</summary>
    public required double StartMs { get; init; }
    public bool Last { get; init; }

    /// <summary>On the sentence's first chunk: its words and when they sound.</summary>
    public IReadOnlyList<SpokenWord>? Words { get; init; }
}

public sealed record SpokenWord(string Text, double StartMs, double EndMs);

public sealed record AvatarTrackPayload
{
    public required long TurnId { get; init; }
    public required int Sequence { get; init; }
    public double StartMs { get; init; }
    public required IReadOnlyList<TrackViseme> Visemes { get; init; }
    public required string Expression { get; init; }
    public required string Action { get; init; }
}

public sealed record TrackViseme(double TMs, string Id, double Weight);

public sealed record SourcesPayload
{
    public required long TurnId { get; init; }
    public required IReadOnlyList<ExhibitSource> Exhibits { get; init; }

    /// <summary>The sentences, by number, that state what no passage supports; a model wrote them. Absent: there are none.</summary>
    public IReadOnlyList<int>? UnsupportedSentences { get; init; }
}

/// <param name="Id">The exhibit.</param>
/// <param name="Title">In the language of the answer.</param>
/// <param name="Quote">The passage that supports the answer best, verbatim.</param>
/// <param name="Score">0–1; comparable within one answer only.</param>
/// <param name="Hall">The number of the hall where it is; absent: not known.</param>
/// <param name="Passages">All passages of it that the answer stands on, in the order of the text; absent: no more than the quote.</param>
public sealed record ExhibitSource(string Id, string Title, string Quote, double Score, int? Hall = null, IReadOnlyList<string>? Passages = null);

public sealed record SuggestionsPayload
{
    public required long TurnId { get; init; }
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>Where the visit may go next; absent: nothing is known of where it is.</summary>
    public NextStop? NextStop { get; init; }
}

/// <param name="ExhibitId">Where to.</param>
/// <param name="Title">In the language of the answer.</param>
/// <param name="Hall">The hall's number.</param>
/// <param name="HallName">Its name.</param>
/// <param name="Invitation">In the guide's words, fit to be spoken.</param>
/// <param name="Propose">The moment is good to go on: the answer ended with the invitation.</param>
public sealed record NextStop(string ExhibitId, string Title, int Hall, string HallName, string Invitation, bool Propose);

/// <summary>How each capability is.</summary>
public sealed record StatusPayload
{
    [OneOf("ok", "degraded", "away")]
    public required IReadOnlyDictionary<string, string> Capabilities { get; init; }
    public string? Reason { get; init; }
}

/// <summary>Milliseconds from the request, or from the end of what was said; null where a stage did not happen.</summary>
public sealed record TurnMetricsPayload
{
    public required long TurnId { get; init; }
    public double? EndOfTurnMs { get; init; }
    public double? TranscriptMs { get; init; }
    public double? FirstTextMs { get; init; }
    public double? FirstSentenceMs { get; init; }
    public double? FirstAudioMs { get; init; }
    public double? FirstVideoMs { get; init; }

    /// <summary>How long the event that announced the first voice was on the broker.</summary>
    public double? BrokerHopMs { get; init; }
}

public sealed record PongPayload;
