using System.ComponentModel.DataAnnotations;

namespace Museum.SessionService.Sessions;

/// <summary>Section <c>Session</c>.</summary>
internal sealed class SessionOptions
{
    public const string Section = "Session";

    /// <summary>A session ends when nothing was asked for so long.</summary>
    [Range(10, 86_400, ErrorMessage = "Session:TimeoutSeconds must be between 10 and 86400.")]
    public int TimeoutSeconds { get; set; } = 3600;

    /// <summary>How many sessions are kept in memory for the time that Redis is away; about 500 bytes each. The longest idle go first.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Session:MemoryCapacity must be between 1 and 1000000.")]
    public int MemoryCapacity { get; set; } = 20_000;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
