using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.Recognition;

/// <summary>Who listens, and how much at once.</summary>
internal sealed class SttOptions
{
    public const string Section = "Stt";

    [Setting("Names of providers per language, the best first. A language without an entry cannot be heard, and visitors are told so.")]
    [Required]
    public Dictionary<string, string[]> Providers { get; init; } = [];

    [Setting("The longest utterance or recording.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(60);

    [Setting("The largest recording in bytes, as it comes in.", Live = true)]
    [Range(1 << 10, 256 << 20)]
    public int MaxBytes { get; init; } = 25 << 20;

    [Setting("How long a recording may take to be decoded; a minute of sound takes half a second. Then it counts as broken (422) if its decoder had half of that time of a processor, and the machine as busy (503) if not.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan DecodeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    [Required]
    public PocketSphinxOptions PocketSphinx { get; init; } = new();
}

internal sealed class PocketSphinxOptions
{
    [Setting("The acoustic model: where the Debian package pocketsphinx-en-us puts it.")]
    [Required]
    public string Model { get; init; } = "/usr/share/pocketsphinx/model/en-us";

    [Setting("Below this confidence a transcript is marked: the guide asks again.", Live = true)]
    [Range(0, 1.0)]
    public double LowConfidence { get; init; } = 0.5;

    [Setting("Whether the room's noise is taken out before recognition. Off: where microphones or callers have done it.", Live = true)]
    public bool NoiseSuppression { get; init; } = true;

    [Setting("How long a doubtful utterance may be listened to again with its noise taken out otherwise; needs NoiseSuppression. A live call waits for no longer than its own patience. 0: never.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan SecondLook { get; init; } = TimeSpan.FromSeconds(3);

    [Setting("How long a doubtful utterance may be listened to once more with a model of English at large, 100 MB while it is needed. 0: never.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan SecondThought { get; init; } = TimeSpan.FromSeconds(2);
}
