namespace Museum.SessionService.Tokens;

/// <summary>What everybody who comes in gets (RFC 6749 §5.1, and the session).</summary>
internal sealed record TokenAnswer
{
    public required string AccessToken { get; init; }
    public string TokenType { get; init; } = "Bearer";

    /// <summary>Seconds.</summary>
    public required int ExpiresIn { get; init; }
    public required string SessionId { get; init; }

    /// <summary>Seconds until the session itself ends if nothing is asked.</summary>
    public required int SessionExpiresIn { get; init; }
    public required string RefreshToken { get; init; }
}
