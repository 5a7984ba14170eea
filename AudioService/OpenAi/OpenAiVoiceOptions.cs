using System.ComponentModel.DataAnnotations;

namespace Museum.AudioService.OpenAi;

/// <summary>Any server with OpenAI's <c>POST /v1/audio/speech</c> (<c>Tts:OpenAi</c>): OpenAI's, or one of your own. Without a base URL it is not used.</summary>
internal sealed class OpenAiVoiceOptions
{
    public const string Section = "Tts:OpenAi";

    /// <summary>With <c>/v1</c>, as in <c>https://api.openai.com/v1</c>.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>A secret: set it in the environment (<c>Tts__OpenAi__Key</c>). A server of your own may need none.</summary>
    public string Key { get; init; } = "";

    [Required]
    public string Model { get; init; } = "gpt-4o-mini-tts";

    /// <summary>Per language.</summary>
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["en"] = "alloy", ["zh"] = "alloy" };

    /// <summary>What the server is asked for. <c>pcm</c> comes soonest; servers that lack it mostly have <c>wav</c> and <c>mp3</c>.</summary>
    [Required, AllowedValues("pcm", "wav", "mp3", "opus", "aac", "flac")]
    public string Format { get; init; } = "pcm";

    /// <summary>Of <c>pcm</c>, which does not say it: 24 kHz at OpenAI.</summary>
    [Range(8_000, 48_000)]
    public int SampleRate { get; init; } = 24_000;

    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the request to the first sound, and from each piece of sound to the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan FirstResultTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
