using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Messaging;
using Museum.VoiceCallService.Status;

namespace Museum.VoiceCallService.Turns;

/// <summary>What a turn needs for its voice.</summary>
internal sealed record SpeechParts(SentenceIntake Intake, IEventPublisher Publisher, SoundSource Sound, HolderIdentity Holder, IOptionsMonitor<PacingOptions> Pacing, GuideStatus Status, TurnTelemetry Telemetry);
