using System.ComponentModel.DataAnnotations;

namespace Museum.Gateway.Limits;

/// <summary>Section <c>RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <summary>Requests of one session to <c>/api</c> within the window; of one address where there is no session.</summary>
    [Range(1, 10_000_000, ErrorMessage = "RateLimit:PermitLimit must be at least 1.")]
    public int PermitLimit { get; set; } = 100;

    /// <summary>Requests of one address to the ways in (visitor, login, token). A museum's guests may share one address, so not fewer.</summary>
    [Range(1, 10_000_000, ErrorMessage = "RateLimit:AnonymousPermitLimit must be at least 1.")]
    public int? AnonymousPermitLimit { get; set; }

    [Range(1, 3600, ErrorMessage = "RateLimit:WindowSeconds must be between 1 and 3600.")]
    public int WindowSeconds { get; set; } = 60;
}
