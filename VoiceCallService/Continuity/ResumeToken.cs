using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Museum.VoiceCallService.Continuity;

/// <summary>Proves that who comes back is who was there. The store holds its hash alone. The same for a call's whole life: an answer that gave a new one could be lost.</summary>
internal static class ResumeToken
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
