using System.Text.Json;

namespace Museum.Contracts.Protocol;

/// <summary>Opens the conversation. <c>auth</c> may be absent on a socket that is authenticated already.</summary>
public sealed record RegisterPayload
{
    public AuthPayload? Auth { get; init; }
    [OneOf("WEB", "APP", "MINI_PROGRAM", "TV")]
    public string? Platform { get; init; }
    public bool RequireTts { get; init; }
    public bool EnableSrs { get; init; } = true;
    public IReadOnlyList<JsonElement>? FunctionCalling { get; init; }
    public string? Language { get; init; }
    public SystemPrompt? SystemPrompt { get; init; }
    public SceneContext? SceneContext { get; init; }
    [OneOf(typeof(Features))]
    public IReadOnlyList<string>? Features { get; init; }
    public AudioFormats? Audio { get; init; }
    public VoiceSettings? Voice { get; init; }
    public bool Greeting { get; init; }
    public ResumePayload? Resume { get; init; }
}

public sealed record AuthPayload
{
    [OneOf("TOKEN", "API_KEY", "ACCOUNT")]
    public string? Type { get; init; }
    public string? Token { get; init; }
    public string? ApiKey { get; init; }
    public string? Account { get; init; }
    public string? Password { get; init; }
}

public sealed record SystemPrompt
{
    public string? RoleDescription { get; init; }
    public string? ResponseRequirements { get; init; }
}

public sealed record SceneContext
{
    public string? CurrentScene { get; init; }
    public string? SceneDescription { get; init; }
    public IReadOnlyList<string>? Keywords { get; init; }
    public string? SceneSpecificPrompt { get; init; }

    /// <summary>The number of the hall where the visitor is.</summary>
    public int? Hall { get; init; }

    /// <summary>The exhibit in view, by id.</summary>
    public string? ExhibitId { get; init; }
}

public sealed record AudioFormats
{
    public AudioFormat? Input { get; init; }
    public AudioFormat? Output { get; init; }
}

/// <summary><c>format</c>: pcm16, mp3 or opus; sample rate in Hz.</summary>
public sealed record AudioFormat
{
    public string Format { get; init; } = "pcm16";
    public int SampleRate { get; init; } = 16_000;
}

/// <summary>
/// How the guide shall sound. <c>name</c>: a voice of <c>GET /api/audio/voices</c>, which speaks where it knows the sentence's language; rate and
/// pitch 0.5–2 times the voice's own, volume 0–2 times the house's; <c>quality</c>: standard or high.
/// </summary>
public sealed record VoiceSettings
{
    public string? Name { get; init; }
    public double Rate { get; init; } = 1;
    public double Pitch { get; init; } = 1;
    public double Volume { get; init; } = 1;

    [OneOf("standard", "high")]
    public string? Quality { get; init; }
}

/// <summary>Continues after a broken connection, for 300 s.</summary>
public sealed record ResumePayload
{
    public string? SessionId { get; init; }
    public string? ResumeToken { get; init; }
    public long LastSeq { get; init; }
    public SoundPoint? Sound { get; init; }
}

/// <summary>Up to where a client has received the guide's sound (<c>binary_audio</c>): the end of the last piece, of that sentence.</summary>
public sealed record SoundPoint
{
    public long TurnId { get; init; }
    public int Sequence { get; init; }
    public double EndMs { get; init; }
}

/// <summary>A question; <c>stream_seq</c> counts from 0, -1 ends.</summary>
public sealed record RequestPayload
{
    public string? RequestId { get; init; }
    [OneOf("TEXT", "VOICE")]
    public string? DataType { get; init; }
    public bool StreamFlag { get; init; }
    public int StreamSeq { get; init; }
    public bool? RequireTts { get; init; }
    public bool? EnableSrs { get; init; }
    [OneOf("REPLACE", "ADD", "UPDATE", "DELETE")]
    public string? FunctionCallingOp { get; init; }
    public IReadOnlyList<JsonElement>? FunctionCalling { get; init; }
    public RequestContent? Content { get; init; }
    public JsonElement? UpdateSession { get; init; }
}

public sealed record RequestContent
{
    public string? Text { get; init; }
    [OneOf("BINARY", "BASE64")]
    public string? VoiceMode { get; init; }
    public string? Voice { get; init; }
    public string? AudioFormat { get; init; }
}

/// <summary>An empty id interrupts everything of the session.</summary>
public sealed record InterruptPayload
{
    public string? InterruptRequestId { get; init; }
    [OneOf("USER_NEW_INPUT", "USER_STOP", "USER_VOICE_INPUT", "CLIENT_ERROR")]
    public string? Reason { get; init; }
}

public sealed record SessionQueryPayload
{
    public IReadOnlyList<string>? QueryFields { get; init; }
}

public sealed record HealthCheckPayload
{
    public IReadOnlyList<string>? CheckFields { get; init; }
}

public sealed record HeartbeatReplyPayload
{
    public string? ClientStatus { get; init; }
}

public sealed record ClientShutdownPayload
{
    public string? Reason { get; init; }
}

public sealed record FunctionResultPayload
{
    public string? CallId { get; init; }
    public string? Name { get; init; }
    public bool IsSuccess { get; init; }
    public JsonElement? Result { get; init; }
}

/// <summary>What the visitor really heard.</summary>
public sealed record PlaybackPayload
{
    public long TurnId { get; init; }
    public int Sequence { get; init; }
    public double PlayedMs { get; init; }
    [OneOf("started", "finished", "stopped")]
    public string? State { get; init; }
}

public sealed record AckPayload
{
    public long LastSeq { get; init; }
}
