using System.Security.Cryptography;
using System.Text;

namespace Museum.TextService.Content;

/// <summary>Names a state of the content: equal for equal content, on every replica.</summary>
internal static class ContentVersion
{
    public static string Of(IEnumerable<string> hashes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashes))))[..16];
}
