using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Museum.SessionService.Tokens;

/// <summary>
/// <c>rt.sess_0123456789abcdef.3.MAC</c>: the session, how many were given out before, and an HMAC-SHA-256 over both. So an old one is
/// known for ours without being stored, and using it twice gives the thief away; and the store holds nothing that lets anyone in.
/// </summary>
internal sealed record RefreshToken(string Session, long Generation)
{
    private const string Prefix = "rt";

    public static string Write(string session, long generation, byte[] secret)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{session}.{generation}");
        return $"{signed}.{Mac(signed, secret)}";
    }

    public static RefreshToken? Read(string text, byte[] secret)
    {
        var parts = text.Split('.');
        if (parts is not [Prefix, var session, var number, var mac]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
        {
            return null;
        }

        var expected = Mac(text[..text.LastIndexOf('.')], secret);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(mac))
            ? new RefreshToken(session, generation)
            : null;
    }

    private static string Mac(string signed, byte[] secret) =>
        Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)));
}
