using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Museum.AudioService.Edge;

/// <summary>
/// The messages of Edge's "read aloud": header lines, an empty line, a body; binary ones with the length of their headers before them.
/// <code>
/// X-RequestId:9f…\r\nContent-Type:application/json; charset=utf-8\r\nPath:audio.metadata\r\n\r\n
/// {"Metadata":[{"Type":"WordBoundary","Data":{"Offset":1000000,"Duration":3750000,"text":{"Text":"The","Length":3}}}]}
/// </code>
/// </summary>
internal static class EdgeFrames
{
    private const double TicksPerSecond = 10_000_000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static string Config(DateTimeOffset now) =>
        $"X-Timestamp:{Timestamp(now)}\r\nContent-Type:application/json; charset=utf-8\r\nPath:speech.config\r\n\r\n" +
        """{"context":{"synthesis":{"audio":{"metadataoptions":{"sentenceBoundaryEnabled":"false","wordBoundaryEnabled":"true"},"outputFormat":"audio-24khz-48kbitrate-mono-mp3"}}}}""" + "\r\n";

    public static string Speak(string ssml, string request, DateTimeOffset now) =>
        $"X-RequestId:{request}\r\nContent-Type:application/ssml+xml\r\nX-Timestamp:{Timestamp(now)}Z\r\nPath:ssml\r\n\r\n{ssml}";

    /// <summary>A text message's path, request and body.</summary>
    public static (string Path, string Request, string Body) Parse(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        var split = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = split < 0 ? text : text[..split];
        return (Header(head, "Path"), Header(head, "X-RequestId"), split < 0 ? "" : text[(split + 4)..]);
    }

    /// <summary>The sound in a binary message; empty when it carries none.</summary>
    public static ReadOnlyMemory<byte> Sound(ReadOnlyMemory<byte> message)
    {
        if (message.Length < sizeof(short))
        {
            return default;
        }

        var body = sizeof(short) + BinaryPrimitives.ReadUInt16BigEndian(message.Span);
        return body <= message.Length && Header(Encoding.UTF8.GetString(message.Span[sizeof(short)..body]), "Path") == "audio" ? message[body..] : default;
    }

    /// <summary>The words in an <c>audio.metadata</c>, in seconds of its request's sound.</summary>
    public static IEnumerable<(string Text, double Start, double End)> Words(string body)
    {
        MetadataBody? metadata;
        try
        {
            metadata = JsonSerializer.Deserialize<MetadataBody>(body, Json);
        }
        catch (JsonException)
        {
            // Sound without times is better than none.
            return [];
        }

        return (metadata?.Metadata ?? []).Where(m => m is { Type: "WordBoundary", Data.Text: not null }).Select(m =>
            (System.Net.WebUtility.HtmlDecode(m.Data!.Text!.Text), m.Data.Offset / TicksPerSecond, (m.Data.Offset + m.Data.Duration) / TicksPerSecond));
    }

    // As JavaScript writes a date: the service's own client is a browser.
    private static string Timestamp(DateTimeOffset now) => now.UtcDateTime.ToString("ddd MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", CultureInfo.InvariantCulture);

    private static string Header(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

    private sealed record MetadataBody(IReadOnlyList<MetadataEntry>? Metadata);

    private sealed record MetadataEntry(string? Type, Boundary? Data);

    private sealed record Boundary(long Offset, long Duration, BoundaryText? Text);

    private sealed record BoundaryText(string Text);
}
