using System.Buffers;
using System.Text;

namespace Grpc.Wire;

/// <summary>grpc-message: UTF-8, percent-encoded except printable ASCII.</summary>
internal static class StatusMessage
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c != '%')]);

    public static string Encode(string detail)
    {
        if (!detail.AsSpan().ContainsAnyExcept(s_plain))
        {
            return detail;
        }

        var encoded = new StringBuilder(detail.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(detail))
        {
            if (s_plain.Contains((char)octet))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(Convert.ToHexString([octet]));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Lenient, as the specification demands: what is no valid escape stays as it is.</summary>
    public static string Decode(string value) => value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value;
}
