using System.ComponentModel.DataAnnotations;

namespace Museum.VoiceCallService;

/// <summary>Section <c>Session</c>, the same that SessionService reads.</summary>
internal sealed class VoiceCallOptions
{
    public const string Section = "Session";

    /// <summary>A session without a question ends after this; the visitor is warned 300 s before.</summary>
    [Range(60, 86_400, ErrorMessage = "Session:TimeoutSeconds must lie between 60 and 86400.")]
    public int TimeoutSeconds { get; init; } = 3600;
}
