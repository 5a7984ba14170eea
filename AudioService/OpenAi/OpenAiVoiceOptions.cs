using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.OpenAi;

/// <summary>Any server with OpenAI's <c>POST /v1/audio/speech</c> (<c>Tts:OpenAi</c>): OpenAI's, or one of your own. Without a base URL it is not used.</summary>
internal sealed class OpenAiVoiceOptions
{
    public const string Section = "Tts:OpenAi";

    [Setting("With /v1, as in https://api.openai.com/v1; empty: not used.", Live = true)]
    public string BaseUrl { get; init; } = "";

    [Setting("The key, if the server wants one.", Secret = true, Live = true)]
    public string Key { get; init; } = "";

    [Setting("The voice model.", Live = true)]
    [Required]
    public string Model { get; init; } = "gpt-4o-mini-tts";

    [Setting("The voice per language.")]
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["en"] = "alloy", ["zh"] = "alloy" };

    [Setting("What the server is asked for; pcm comes soonest, servers that lack it mostly have wav and mp3.", Live = true)]
    [Required, AllowedValues("pcm", "wav", "mp3", "opus", "aac", "flac")]
    public string Format { get; init; } = "pcm";

    [Setting("Of pcm, which does not say it: 24 kHz at OpenAI.", Live = true)]
    [Range(8_000, 48_000)]
    public int SampleRate { get; init; } = 24_000;

    [Setting("How long connecting may take.")]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("From the request to the first sound, and from each piece of sound to the next.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan FirstResultTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
