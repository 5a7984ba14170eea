using System.ComponentModel.DataAnnotations;

namespace Museum.SessionService.Tokens;

/// <summary>Section <c>Tokens</c>.</summary>
internal sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>How long an access token is good for; services remember a revocation for 15 minutes, so never longer than 10.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00", ErrorMessage = "Tokens:AccessLifetime must be between 5 seconds and 10 minutes.")]
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How old a signing key grows before the next one is made.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00", ErrorMessage = "Tokens:RotateKeysEvery must be between an hour and ten years.")]
    public TimeSpan RotateKeysEvery { get; set; } = TimeSpan.FromDays(30);
}
