using System.ComponentModel.DataAnnotations;

namespace Museum.Gateway;

/// <summary>Section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>The built page; default <c>web/dist</c> in the museum's home.</summary>
    public string? WebRoot { get; set; }

    /// <summary>For a whole request that is not a stream; and for the silence within a stream of sound.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Gateway:RequestTimeout must be between 0.1 s and 10 minutes.")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often each replica is asked whether it is ready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Gateway:HealthInterval must be between 0.1 s and a minute.")]
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(1);
}
