using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.OpenAi;

/// <summary>Any server with OpenAI's <c>POST /v1/audio/transcriptions</c> (<c>Stt:OpenAi</c>): OpenAI's, or one of your own. Without a base URL it is not used.</summary>
internal sealed class OpenAiEarOptions
{
    public const string Section = "Stt:OpenAi";

    [Setting("With /v1, as in https://api.openai.com/v1; empty: not used.", Live = true)]
    [RegularExpression("(https?://.+)?", ErrorMessage = "Stt:OpenAi:BaseUrl begins with https:// or http://.")]
    public string BaseUrl { get; init; } = "";

    [Setting("The key, if the server wants one.", Secret = true, Live = true)]
    public string Key { get; init; } = "";

    [Setting("The recognition model.", Live = true)]
    [Required]
    public string Model { get; init; } = "whisper-1";

    /// <summary>OpenAI's gpt-4o models and some other servers refuse <c>verbose_json</c>.</summary>
    [Setting("verbose_json, which tells words, their times and how sure they are, or json, the text alone.", Live = true)]
    [Required, AllowedValues("verbose_json", "json")]
    public string Format { get; init; } = "verbose_json";

    [Setting("Take the text as the server finds it (stream=true), where the server does that; the words then have no times.", Live = true)]
    public bool Stream { get; init; }

    [Setting("Below this confidence a transcript is marked: the guide asks again. For verbose_json alone tells one.", Live = true)]
    [Range(0, 1.0)]
    public double LowConfidence { get; init; } = 0.4;
}
