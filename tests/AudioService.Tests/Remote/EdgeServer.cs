using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Museum.AudioService.Edge;

namespace Museum.AudioService.Tests.Remote;

/// <summary>
/// Follows what is known of Edge's "read aloud": a token that is good for five minutes of its own clock, a configuration, then texts as
/// SSML, one at a time; mp3 in binary messages, words in metadata.
/// </summary>
internal sealed class EdgeServer : RemoteServer
{
    public const string Token = "TOKENOFTHISTEST";

    private int handshakes;

    public string Url => $"{SocketAddress}consumer/speech/synthesize/readaloud/edge/v1";

    /// <summary>The server's clock, ahead of or behind ours.</summary>
    public TimeSpan Skew { get; set; }

    public bool RefusesEverybody { get; set; }

    public int? HangsUpAfter { get; set; }

    public TaskCompletionSource? HoldsSound { get; set; }

    public ConcurrentQueue<XElement> Spoken { get; } = new();

    public int Handshakes => Volatile.Read(ref handshakes);

    public static async Task<EdgeServer> StartAsync()
    {
        var server = new EdgeServer();
        await server.StartAsync(server.AnswerAsync);
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref handshakes);
        var clock = DateTimeOffset.UtcNow + Skew;
        context.Response.Headers.Date = clock.ToString("r", CultureInfo.InvariantCulture);
        var query = context.Request.Query;
        if (RefusesEverybody || query["TrustedClientToken"] != Token || query["ConnectionId"].ToString().Length != 32
            || query["Sec-MS-GEC"] != EdgeToken.Compute(clock, Token) || !query["Sec-MS-GEC-Version"].ToString().StartsWith("1-", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 403;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var configured = false;
        while (await ReceiveAsync(socket, context.RequestAborted) is { } message)
        {
            var text = Encoding.UTF8.GetString(message);
            var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            if (text.Contains("Path:speech.config\r\n", StringComparison.Ordinal))
            {
                var audio = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("context").GetProperty("synthesis").GetProperty("audio");
                configured = audio.GetProperty("outputFormat").GetString() == "audio-24khz-48kbitrate-mono-mp3"
                    && audio.GetProperty("metadataoptions").GetProperty("wordBoundaryEnabled").GetString() == "true";
            }
            else if (configured && text.Contains("Path:ssml\r\n", StringComparison.Ordinal))
            {
                await SpeakAsync(socket, Header(text, "X-RequestId"), body, context.RequestAborted);
            }
        }
    }

    private async Task SpeakAsync(WebSocket socket, string request, string ssml, CancellationToken ct)
    {
        // Whatever is not well-formed is not spoken, as at the real one.
        var speak = XElement.Parse(ssml);
        Spoken.Enqueue(speak);
        await SendAsync(socket, $"X-RequestId:{request}\r\nPath:turn.start\r\n\r\n{{}}", ct);
        var mp3 = await Mp3Async(Tones(speak.Value, 24_000), 24_000);
        foreach (var word in Words(speak.Value))
        {
            var data = new { Offset = (long)(word.Start * 1e7), Duration = (long)((word.End - word.Start) * 1e7), text = new { Text = EdgeText.Escape(word.Text), Length = word.Text.Length } };
            await SendAsync(socket, $"X-RequestId:{request}\r\nPath:audio.metadata\r\n\r\n{JsonSerializer.Serialize(new { Metadata = new[] { new { Type = "WordBoundary", Data = data } } })}", ct);
        }

        foreach (var (i, part) in mp3.Chunk(720).Index())
        {
            var head = Encoding.ASCII.GetBytes($"X-RequestId:{request}\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n");
            var message = new byte[2 + head.Length + part.Length];
            BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)head.Length);
            head.CopyTo(message, 2);
            part.CopyTo(message, 2 + head.Length);
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, ct);
            if (i + 1 == HangsUpAfter)
            {
                socket.Abort();
                return;
            }

            // Half a second of sound: more than a decoder holds back.
            await (i < 4 ? Task.CompletedTask : HoldsSound?.Task.WaitAsync(ct) ?? Task.CompletedTask);
        }

        await SendAsync(socket, $"X-RequestId:{request}\r\nPath:turn.end\r\n\r\n{{}}", ct);
    }

    private static string Header(string text, string name) =>
        text.Split("\r\n").First(l => l.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
}
