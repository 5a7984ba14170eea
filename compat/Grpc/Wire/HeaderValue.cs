using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Values of metadata as HTTP headers: text as it is; "-bin" in base64, which peers may leave unpadded or join by commas.</summary>
internal static class HeaderValue
{
    public static string Encode(Metadata.Entry entry) => entry.IsBinary ? Convert.ToBase64String(entry.RawBytes) : entry.Value;

    public static void AddTo(Metadata metadata, string key, string value)
    {
        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(key, value);
            return;
        }

        foreach (var part in value.AsSpan().Split(','))
        {
            metadata.Add(key, Decode(value.AsSpan(part)));
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> value)
    {
        var text = value.Trim().TrimEnd('=').ToString();
        return (text.Length % 4) switch
        {
            0 => Convert.FromBase64String(text),
            2 => Convert.FromBase64String(text + "=="),
            3 => Convert.FromBase64String(text + "="),
            _ => throw new FormatException("Invalid Base-64 header value."),
        };
    }
}
