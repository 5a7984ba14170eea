using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Status;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What every connection shares.</summary>
internal sealed record ConnectionParts(
    Opening Opening,
    Switchboard Switchboard,
    TurnRunner Runner,
    TurnNumbers Numbers,
    IEventPublisher Publisher,
    GuideStatus Status,
    Recognizer Recognizer,
    Lazy<CallParts> Calls,
    ServerLoad Load,
    CallAdmission Admission,
    ErrorFrames Errors,
    RevokedSessions Revoked,
    IOptionsMonitor<VoiceCallOptions> Options,
    IOptionsMonitor<CallLimits> Limits,
    TimeProvider Time,
    ILogger<ClientConnection> Logger);
