namespace Museum.Contracts.Protocol;

/// <summary>The values of <c>msg_type</c>. <c>video_chunk_meta</c> is lower case because LightAvatar's clients know it so.</summary>
public static class MessageTypes
{
    public const string ProtocolVersion = "1.0";

    public const string Register = "REGISTER";
    public const string Request = "REQUEST";
    public const string Interrupt = "INTERRUPT";
    public const string SessionQuery = "SESSION_QUERY";
    public const string HeartbeatReply = "HEARTBEAT_REPLY";
    public const string HealthCheck = "HEALTH_CHECK";
    public const string Shutdown = "SHUTDOWN";
    public const string FunctionResult = "FUNCTION_RESULT";
    public const string Playback = "PLAYBACK";
    public const string Ack = "ACK";
    public const string VideoAck = "VIDEO_ACK";
    public const string Ping = "PING";

    public const string RegisterAck = "REGISTER_ACK";
    public const string Response = "RESPONSE";
    public const string InterruptAck = "INTERRUPT_ACK";
    public const string SessionInfo = "SESSION_INFO";
    public const string SessionWarn = "SESSION_WARN";
    public const string Heartbeat = "HEARTBEAT";
    public const string HealthCheckAck = "HEALTH_CHECK_ACK";
    public const string Error = "ERROR";
    public const string Pong = "PONG";

    public const string SpeechStarted = "SPEECH_STARTED";
    public const string SpeechStopped = "SPEECH_STOPPED";
    public const string TurnStarted = "TURN_STARTED";
    public const string TurnPaused = "TURN_PAUSED";
    public const string TurnResumed = "TURN_RESUMED";
    public const string TurnEnded = "TURN_ENDED";
    public const string Transcript = "TRANSCRIPT";
    public const string AudioMeta = "AUDIO_META";
    public const string AvatarTrack = "AVATAR_TRACK";
    public const string VideoChunkMeta = "video_chunk_meta";
    public const string Sources = "SOURCES";
    public const string Suggestions = "SUGGESTIONS";
    public const string Status = "STATUS";
    public const string TurnMetrics = "TURN_METRICS";
}

/// <summary>What a client may ask for in <c>REGISTER.features</c>; it never sees a message that it did not ask for.</summary>
public static class Features
{
    public const string SpeechEvents = "speech_events";
    public const string Transcripts = "transcripts";
    public const string AvatarTrack = "avatar_track";
    public const string AvatarVideo = "avatar_video";
    public const string BinaryAudio = "binary_audio";
    public const string Sources = "sources";
    public const string Suggestions = "suggestions";
    public const string Metrics = "metrics";
    public const string Status = "status";

    /// <summary>Binary frames of the microphone begin with the index of their first sample.</summary>
    public const string NumberedAudio = "numbered_audio";

    public static IReadOnlyList<string> All { get; } =
        [SpeechEvents, Transcripts, AvatarTrack, AvatarVideo, BinaryAudio, Sources, Suggestions, Metrics, Status, NumberedAudio];
}
