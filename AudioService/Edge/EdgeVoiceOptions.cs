using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.Edge;

/// <summary>
/// The voices of Microsoft Edge's "read aloud" (<c>Tts:Edge</c>). An unofficial service: nobody promises that it stays, or that a museum
/// may use it. So it is off until somebody decides otherwise and sets <see cref="TrustedClientToken"/>.
/// </summary>
internal sealed class EdgeVoiceOptions
{
    public const string Section = "Tts:Edge";

    [Setting("The token of the browser's own client; empty: off.", Secret = true, Live = true)]
    public string TrustedClientToken { get; init; } = "";

    [Setting("The endpoint.", Live = true)]
    [Required, RegularExpression("wss?://.+", ErrorMessage = "Tts:Edge:Url begins with wss://.")]
    public string Url { get; init; } = "wss://speech.platform.bing.com/consumer/speech/synthesize/readaloud/edge/v1";

    [Setting("Of the browser that the service takes us for; old ones are refused after a while.", Live = true)]
    [Required, RegularExpression(@"\d+(\.\d+){3}")]
    public string BrowserVersion { get; init; } = "143.0.3650.75";

    [Setting("The voice per language.")]
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["zh"] = "zh-CN-XiaoxiaoNeural", ["en"] = "en-US-AriaNeural" };

    [Setting("How long connecting may take.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("From the text to its first sound, and from each message to the next.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan FirstResultTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
