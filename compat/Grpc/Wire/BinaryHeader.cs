namespace Grpc.Wire;

/// <summary>Values of "-bin" headers: base64; peers may leave out the padding or join several values by commas.</summary>
internal static class BinaryHeader
{
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value);

    public static byte[] Decode(ReadOnlySpan<char> value)
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
