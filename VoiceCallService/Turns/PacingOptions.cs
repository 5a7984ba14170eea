using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.Turns;

internal sealed class PacingOptions
{
    public const string Section = "Pacing";

    [Setting("How far ahead of its playback sound is sent: more survives a worse network, less is in flight when the visitor interrupts.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05")]
    public TimeSpan Lead { get; init; } = TimeSpan.FromMilliseconds(300);

    [Setting("How long a sentence waits for its voice while AudioService says that it has one; then the text stands alone.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:02", "00:00:30")]
    public TimeSpan VoicePatience { get; init; } = TimeSpan.FromSeconds(4);
}
