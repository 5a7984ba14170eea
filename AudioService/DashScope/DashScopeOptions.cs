using System.ComponentModel.DataAnnotations;

namespace Museum.AudioService.DashScope;

/// <summary>Alibaba Cloud's DashScope, whatever it is used for. Without a key it is not used.</summary>
internal sealed class DashScopeOptions
{
    public const string Section = "DashScope";

    /// <summary>The Beijing endpoint; a key of another region needs that region's.</summary>
    [Required, RegularExpression("wss?://.+", ErrorMessage = "DashScope:Url begins with wss://.")]
    public string Url { get; init; } = "wss://dashscope.aliyuncs.com/api-ws/v1/inference";

    /// <summary>A secret: set it in the environment (<c>DashScope__Key</c>).</summary>
    public string Key { get; init; } = "";

    /// <summary>Sent as X-DashScope-WorkSpace; empty: the key's default workspace.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>X-DashScope-DataInspection: lets Alibaba inspect the texts.</summary>
    public bool DataInspection { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a task's start to its first result, and from each result to the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:02:00")]
    public TimeSpan FirstResultTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tasks at the same time, each on a connection of its own.</summary>
    [Range(1, 100)]
    public int Connections { get; init; } = 8;

    /// <summary>The service closes a connection that was idle for 60 s; one that is older than this is not trusted any more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan KeepWarm { get; init; } = TimeSpan.FromSeconds(55);
}

/// <summary>DashScope's voice (<c>Tts:DashScope</c>).</summary>
internal sealed class DashScopeVoiceOptions
{
    public const string Section = "Tts:DashScope";

    [Required]
    public string Model { get; init; } = "cosyvoice-v3-plus";

    /// <summary>Per language; CosyVoice's voices speak both.</summary>
    [Required]
    public Dictionary<string, string> Voices { get; init; } = new() { ["zh"] = "longanhuan", ["en"] = "longanhuan" };

    /// <summary><c>pcm</c>, which needs no decoding and comes soonest, or <c>mp3</c>, a sixth of the bytes.</summary>
    [Required, AllowedValues("pcm", "mp3")]
    public string Format { get; init; } = "pcm";

    [AllowedValues(8_000, 16_000, 22_050, 24_000, 44_100, 48_000)]
    public int SampleRate { get; init; } = 22_050;
}
