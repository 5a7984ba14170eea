using Museum.Contracts.Protocol;
using Museum.TestKit;

namespace Museum.Contracts.Tests.TypeScript;

/// <summary>The page's types of the protocol are made from the records here: what changes on one side fails the build of the other.</summary>
public sealed class ProtocolSchemaTests
{
    private static readonly Dictionary<string, Type> FromClient = new()
    {
        [MessageTypes.Register] = typeof(RegisterPayload),
        [MessageTypes.Request] = typeof(RequestPayload),
        [MessageTypes.Interrupt] = typeof(InterruptPayload),
        [MessageTypes.SessionQuery] = typeof(SessionQueryPayload),
        [MessageTypes.HeartbeatReply] = typeof(HeartbeatReplyPayload),
        [MessageTypes.HealthCheck] = typeof(HealthCheckPayload),
        [MessageTypes.Shutdown] = typeof(ClientShutdownPayload),
        [MessageTypes.FunctionResult] = typeof(FunctionResultPayload),
        [MessageTypes.Playback] = typeof(PlaybackPayload),
        [MessageTypes.Ack] = typeof(AckPayload),
    };

    private static readonly Dictionary<string, Type> FromServer = new()
    {
        [MessageTypes.RegisterAck] = typeof(RegisterAckPayload),
        [MessageTypes.Response] = typeof(ResponsePayload),
        [MessageTypes.InterruptAck] = typeof(InterruptAckPayload),
        [MessageTypes.SessionInfo] = typeof(SessionInfoPayload),
        [MessageTypes.SessionWarn] = typeof(SessionWarnPayload),
        [MessageTypes.Heartbeat] = typeof(HeartbeatPayload),
        [MessageTypes.HealthCheckAck] = typeof(HealthCheckAckPayload),
        [MessageTypes.Shutdown] = typeof(ShutdownPayload),
        [MessageTypes.Error] = typeof(ErrorPayload),
        [MessageTypes.SpeechStarted] = typeof(SpeechPayload),
        [MessageTypes.SpeechStopped] = typeof(SpeechPayload),
        [MessageTypes.Transcript] = typeof(TranscriptPayload),
        [MessageTypes.TurnStarted] = typeof(TurnStartedPayload),
        [MessageTypes.TurnPaused] = typeof(TurnPausedPayload),
        [MessageTypes.TurnResumed] = typeof(TurnResumedPayload),
        [MessageTypes.TurnEnded] = typeof(TurnEndedPayload),
        [MessageTypes.AudioMeta] = typeof(AudioMetaPayload),
        [MessageTypes.AvatarTrack] = typeof(AvatarTrackPayload),
        [MessageTypes.Sources] = typeof(SourcesPayload),
        [MessageTypes.Suggestions] = typeof(SuggestionsPayload),
        [MessageTypes.Status] = typeof(StatusPayload),
        [MessageTypes.TurnMetrics] = typeof(TurnMetricsPayload),
    };

    [Fact]
    public void The_pages_types_are_what_the_records_say()
    {
        var writer = new TypeScriptWriter();
        var maps = $"{writer.Map("ClientPayloads", FromClient)}\n{writer.Map("ServerPayloads", FromServer)}";
        GeneratedFile.AssertFresh(
            "web/src/protocol/generated.ts",
            $"""
            // Made from Contracts/Protocol; ./museum schemas writes it anew.

            {TypeScriptWriter.Words("Feature", Features.All)}{TypeScriptWriter.Words("ErrorCode", new OneOfAttribute(typeof(ErrorCodes)).Words)}
            {maps}
            {writer.Interfaces}
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_payload_is_of_some_message() => Assert.Empty(
        typeof(ProtocolJson).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(ProtocolJson).Namespace && t.Name.EndsWith("Payload", StringComparison.Ordinal) && t.Name is not "PongPayload")
            .Except([.. FromClient.Values, .. FromServer.Values, typeof(AuthPayload), typeof(ResumePayload), typeof(FunctionCallPayload)]));
}
