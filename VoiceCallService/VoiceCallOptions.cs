using System.ComponentModel.DataAnnotations;

namespace Museum.VoiceCallService;

/// <summary>Section <c>Calls</c>.</summary>
internal sealed class VoiceCallOptions
{
    public const string Section = "Calls";

    /// <summary>A session without a question ends after this; the visitor is warned 300 s before.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "24:00:00", ErrorMessage = "Calls:SessionTimeout must lie between 1 minute and 24 hours.")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromHours(1);
}
