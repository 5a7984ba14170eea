using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.Turns;

internal sealed class PacingOptions
{
    public const string Section = "Pacing";

    [Setting("How far ahead of its playback sound is sent: more survives a worse network, less is in flight when the visitor interrupts.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05")]
    public TimeSpan Lead { get; init; } = TimeSpan.FromMilliseconds(300);
}
