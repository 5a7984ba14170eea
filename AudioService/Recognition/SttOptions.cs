using System.ComponentModel.DataAnnotations;

namespace Museum.AudioService.Recognition;

/// <summary>Who listens, and how much at once.</summary>
internal sealed class SttOptions
{
    public const string Section = "Stt";

    /// <summary>Per language the names of providers, the best first. A language without an entry cannot be heard, and is told so.</summary>
    [Required]
    public Dictionary<string, string[]> Providers { get; init; } = [];

    /// <summary>The longest utterance or recording.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Stt:MaxDuration is from 1 s to 10 min.")]
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest recording, as it comes in.</summary>
    [Range(1 << 10, 256 << 20, ErrorMessage = "Stt:MaxBytes is from 1 KB to 256 MB.")]
    public int MaxBytes { get; init; } = 25 << 20;

    /// <summary>How long a decoder may stand still before the recording counts as broken.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ErrorMessage = "Stt:DecodeTimeout is from 0.5 s to 1 min.")]
    public TimeSpan DecodeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    [Required]
    public PocketSphinxOptions PocketSphinx { get; init; } = new();
}

internal sealed class PocketSphinxOptions
{
    /// <summary>Where the Debian package pocketsphinx-en-us puts its model.</summary>
    [Required]
    public string Model { get; init; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>Below this confidence (0–1) a transcript is marked: ask again.</summary>
    [Range(0, 1, ErrorMessage = "Stt:PocketSphinx:LowConfidence is from 0 to 1.")]
    public double LowConfidence { get; init; } = 0.5;

    /// <summary>Whether the room's noise is taken out before recognition. Off: where microphones or callers have done it.</summary>
    public bool NoiseSuppression { get; init; } = true;

    /// <summary>How long a doubtful utterance may be listened to once more with a model of English at large, 100 MB while it is needed. 0: never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ErrorMessage = "Stt:PocketSphinx:SecondThought is from 0 to 10 s.")]
    public TimeSpan SecondThought { get; init; } = TimeSpan.FromSeconds(2);
}
