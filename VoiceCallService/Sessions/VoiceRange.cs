using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Sessions;

/// <summary>What a client may ask of the guide's voice. Whether there is a voice of that name is AudioService's matter.</summary>
internal static class VoiceRange
{
    private const int LongestName = 100;

    /// <returns>Null: all of it can be had; otherwise which field is out of its range, and the range.</returns>
    public static string? Problem(VoiceSettings voice) => voice switch
    {
        { Rate: not (>= 0.5 and <= 2) } => "voice.rate is from 0.5 to 2.",
        { Pitch: not (>= 0.5 and <= 2) } => "voice.pitch is from 0.5 to 2.",
        { Volume: not (>= 0 and <= 2) } => "voice.volume is from 0 to 2.",
        { Quality: not (null or "standard" or "high") } => "voice.quality is standard or high.",
        { Name.Length: > LongestName } => $"voice.name has at most {LongestName} characters.",
        _ => null,
    };
}
