using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>Section <c>VoiceActivity</c>, live for the calls that begin.</summary>
internal sealed class VoiceActivityOptions : IValidatableObject
{
    public const string Section = "VoiceActivity";

    [Setting("Speech begins at this probability of a window (0 to 1); in loud halls it is raised by up to 0.15.", Live = true)]
    [Range(0.1, 0.95)]
    public double Threshold { get; init; } = 0.5;

    [Setting("And goes on down to this one.", Live = true)]
    [Range(0.05, 0.9)]
    public double ReleaseThreshold { get; init; } = 0.35;

    [Setting("So much speech confirms that somebody speaks, and not that something fell.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.032", "00:00:02")]
    public TimeSpan Confirm { get; init; } = TimeSpan.FromMilliseconds(250);

    [Setting("So much silence ends an utterance, when nothing is known of its words.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:02.5")]
    public TimeSpan End { get; init; } = TimeSpan.FromMilliseconds(500);

    [Setting("So much sound from before the onset belongs to the utterance: first syllables are soft.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan PreRoll { get; init; } = TimeSpan.FromMilliseconds(300);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ReleaseThreshold <= Threshold
        ? []
        : [new ValidationResult($"VoiceActivity:ReleaseThreshold ({ReleaseThreshold}) must not be above VoiceActivity:Threshold ({Threshold}).", [nameof(ReleaseThreshold)])];
}
