using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.Sessions;

internal sealed class SessionOptions
{
    public const string Section = "Session";

    [Setting("Seconds after which a session ends in which nothing was asked.", Live = true)]
    [Range(10, 86_400)]
    public int TimeoutSeconds { get; set; } = 3600;

    [Setting("Sessions kept in memory while Redis is away, about 500 bytes each; the longest idle go first.", Live = true)]
    [Range(1, 1_000_000)]
    public int MemoryCapacity { get; set; } = 20_000;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
