using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService;

/// <summary>Section <c>Session</c>, the same that SessionService reads.</summary>
internal sealed class VoiceCallOptions
{
    public const string Section = "Session";

    [Setting("Seconds after which a session ends in which nothing was asked; the visitor is warned 300 s before. Of sessions that begin after a change.", Live = true)]
    [Range(60, 86_400)]
    public int TimeoutSeconds { get; init; } = 3600;
}
