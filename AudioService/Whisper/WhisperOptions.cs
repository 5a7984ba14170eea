using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.Whisper;

/// <summary>Whisper inside this process (<c>Stt:Whisper</c>). Used where <c>Stt:Providers</c> names it.</summary>
internal sealed class WhisperOptions
{
    public const string Section = "Stt:Whisper";

    [Setting("A model of ./museum models, in MUSEUM_DATA/models, or the path of a ggml file; another is loaded while the one before it still serves.", Live = true)]
    [Required]
    public string Model { get; init; } = "whisper-base";

    [Setting("asked: the language that the visitor chose; auto: the one that Whisper hears, which costs a second look at the sound.", Live = true)]
    [Required, AllowedValues("asked", "auto")]
    public string Language { get; init; } = "asked";

    [Setting("Threads of one recognition.", Live = true)]
    [Range(1, 32)]
    public int Threads { get; init; } = 2;

    [Setting("How often, at most, what was said so far is recognised again while the visitor speaks.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(1);

    [Setting("How much of the sound is recognised again then; words before it stay as they are.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:02", "00:00:28")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    [Setting("Below this confidence a transcript is marked: the guide asks again.", Live = true)]
    [Range(0, 1.0)]
    public double LowConfidence { get; init; } = 0.4;

    [Setting("Path of libwhisper.so; empty: the one that ./museum builds.")]
    public string Library { get; init; } = "";
}
