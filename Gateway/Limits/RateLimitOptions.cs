using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.Gateway.Limits;

/// <summary>Section <c>RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    [Setting("Requests of one session within the window; of one address where there is no session.", Live = true)]
    [Range(1, 10_000_000)]
    public int PermitLimit { get; set; } = 100;

    // A museum's guests may share one address, so not fewer.
    [Setting("Requests of one address to the ways in (visitor, login, token) within the window; without a value as many as PermitLimit.", Live = true)]
    [Range(1, 10_000_000)]
    public int? AnonymousPermitLimit { get; set; }

    [Setting("The window, in seconds.", Live = true)]
    [Range(1, 3600)]
    public int WindowSeconds { get; set; } = 60;

    [Setting("How long a request may wait for the count that all gateways share, before this gateway counts for itself.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:10")]
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromMilliseconds(40);
}
