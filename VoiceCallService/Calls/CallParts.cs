using Microsoft.Extensions.Options;
using Museum.VoiceCallService.EndOfTurn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Microphones;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Calls;

/// <summary>What every live call shares.</summary>
internal sealed record CallParts(
    VoiceActivityEngine Engine,
    Recognizer Recognizer,
    IOptionsMonitor<CallOptions> Options,
    IOptionsMonitor<VoiceActivityOptions> VoiceActivity,
    IOptionsMonitor<EndOfTurnOptions> EndOfTurn,
    IOptionsMonitor<MicrophoneOptions> Microphone,
    CallTelemetry Telemetry,
    HouseQuality Quality,
    TimeProvider Time,
    ILogger<LiveCall> Logger);
