using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.DashScope;

/// <summary>Alibaba Cloud's DashScope, whatever it is used for. Without a key it is not used.</summary>
internal sealed class DashScopeOptions
{
    public const string Section = "DashScope";

    [Setting("The endpoint: Beijing's, or that of the key's region.", Live = true)]
    [Required, RegularExpression("wss?://.+", ErrorMessage = "DashScope:Url begins with wss://.")]
    public string Url { get; init; } = "wss://dashscope.aliyuncs.com/api-ws/v1/inference";

    [Setting("The key; without it DashScope is not used.", Secret = true, Live = true)]
    public string Key { get; init; } = "";

    [Setting("Sent as X-DashScope-WorkSpace; empty: the key's default workspace.", Live = true)]
    public string Workspace { get; init; } = "";

    [Setting("X-DashScope-DataInspection: lets Alibaba inspect the texts.", Live = true)]
    public bool DataInspection { get; init; }

    [Setting("How long connecting may take.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("From a task's start to its first result, and from each result to the next.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan FirstResultTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>DashScope's voice (<c>Tts:DashScope</c>).</summary>
internal sealed class DashScopeVoiceOptions
{
    public const string Section = "Tts:DashScope";

    [Setting("The voice model.", Live = true)]
    [Required]
    public string Model { get; init; } = "cosyvoice-v3-plus";

    [Setting("The voice per language; CosyVoice's speak both.")]
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["zh"] = "longanhuan", ["en"] = "longanhuan" };

    [Setting("pcm, which needs no decoding and comes soonest, or mp3, a sixth of the bytes.", Live = true)]
    [Required, AllowedValues("pcm", "mp3")]
    public string Format { get; init; } = "pcm";

    [Setting("Samples a second.", Live = true)]
    [AllowedValues(8_000, 16_000, 22_050, 24_000, 44_100, 48_000)]
    public int SampleRate { get; init; } = 22_050;
}
