using System.Security.Claims;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.TextService.Conversation;

/// <param name="Id">As the caller knows it.</param>
/// <param name="Key">Under which its history is kept.</param>
internal sealed record SessionName(string Id, string Key);

/// <summary>Says whose conversation a call belongs to.</summary>
internal static class Sessions
{
    private const int LongestId = 128;

    /// <param name="user">The caller.</param>
    /// <param name="wanted">The session that the caller names; empty: that of the token.</param>
    public static SessionName Of(ClaimsPrincipal user, string? wanted)
    {
        var own = user.SessionId() ?? throw new ClientException("session_missing", "The token names no session.", 401);
        if (string.IsNullOrEmpty(wanted) || wanted == own)
        {
            return new SessionName(own, own);
        }

        // Under the token's own session: knowing another visitor's session id opens nothing.
        return wanted.Length <= LongestId
            ? new SessionName(wanted, $"{own}/{wanted}")
            : throw new ClientException("session_invalid", $"A session id has at most {LongestId} characters.");
    }
}
