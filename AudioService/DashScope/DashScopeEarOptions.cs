using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.DashScope;

/// <summary>DashScope's ear (<c>Stt:DashScope</c>); its key and address are <see cref="DashScopeOptions"/>'.</summary>
internal sealed class DashScopeEarOptions
{
    public const string Section = "Stt:DashScope";

    [Setting("The recognition model, one of the real-time ones.", Live = true)]
    [Required]
    public string Model { get; init; } = "paraformer-realtime-v2";

    [Setting("The languages that the model hears.")]
    [Required]
    public string[] Languages { get; init; } = ["zh", "en", "ja", "yue", "ko", "de", "fr", "ru"];

    [Setting("A hot-word list made at DashScope, for the names of the museum; empty: none.", Live = true)]
    public string VocabularyId { get; init; } = "";
}
