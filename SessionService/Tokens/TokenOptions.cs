using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.Tokens;

internal sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>Services remember a revocation for 15 minutes, so never longer than 10.</summary>
    [Setting("How long an access token is good for.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(10);

    [Setting("How old a signing key grows before the next one is made.", Live = true)]
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan RotateKeysEvery { get; set; } = TimeSpan.FromDays(30);
}
