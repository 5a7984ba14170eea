using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Museum.TestKit;

/// <summary>One frame from the server: a message, with the binary frame that its meta announced.</summary>
public sealed record ServerFrame(string Type, JsonObject Payload, byte[] Binary, long ReceivedAt);

/// <summary>A client of protocol.md, written apart from the server's records so that it sees what is really on the wire.</summary>
public sealed class ProtocolClient : IAsyncDisposable
{
    public const string EveryFeature = "speech_events,avatar_track,binary_audio,sources,suggestions,metrics,status";

    /// <summary>However many others come, what a test waits for comes within this or not at all.</summary>
    private static readonly TimeSpan LongestSkip = 2 * Eventually.DefaultTimeout;

    private readonly ClientWebSocket socket = new();

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? SessionId { get; private set; }

    /// <summary>The payload of REGISTER_ACK.</summary>
    public JsonObject? Welcome { get; private set; }

    public static async Task<ProtocolClient> ConnectAsync(Uri address, string? token)
    {
        var client = new ProtocolClient();
        if (token is not null)
        {
            client.socket.Options.AddSubProtocol("museum");
            client.socket.Options.AddSubProtocol("bearer." + token);
        }

        await client.socket.ConnectAsync(address, CancellationToken.None).SoonAsync();
        return client;
    }

    /// <summary>Connects and registers with every feature that a page asks for.</summary>
    /// <param name="address">The socket.</param>
    /// <param name="token">The visitor's; null: the address holds a ticket.</param>
    /// <param name="language">The session's.</param>
    /// <param name="voice">Whether answers are spoken.</param>
    /// <param name="features">The additive messages, separated by commas.</param>
    /// <param name="resume">The member <c>resume</c> of REGISTER; null: a new conversation.</param>
    public static async Task<ProtocolClient> RegisterAsync(Uri address, string? token, string language, bool voice = true, string features = EveryFeature, object? resume = null)
    {
        var client = await ConnectAsync(address, token);
        await client.RegisterAsync(new
        {
            platform = "WEB",
            require_tts = voice,
            enable_srs = true,
            function_calling = Array.Empty<object>(),
            language,
            features = features.Split(',', StringSplitOptions.RemoveEmptyEntries),
            resume,
        });
        return client;
    }

    /// <summary>Registers, and is let in.</summary>
    /// <param name="register">The payload.</param>
    public async Task RegisterAsync(object register)
    {
        await SendAsync("REGISTER", register);
        Welcome = (await ReceiveAsync("REGISTER_ACK")).Payload;
        SessionId = (string?)Welcome["session_id"];
    }

    public Task SendAsync(string type, object payload) => SendTextAsync(JsonSerializer.Serialize(new
    {
        version = "1.0",
        msg_type = type,
        session_id = SessionId,
        payload,
        timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
    }));

    public Task SendTextAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).SoonAsync();

    public Task SendBinaryAsync(byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None).SoonAsync();

    public async Task<string> AskAsync(string question)
    {
        var id = "req_" + Guid.NewGuid().ToString("N")[..12];
        await SendAsync("REQUEST", new { request_id = id, data_type = "TEXT", stream_flag = false, stream_seq = 0, content = new { text = question } });
        return id;
    }

    /// <summary>The next frame; null when the server has closed. A HEARTBEAT is answered and not told.</summary>
    public Task<ServerFrame?> ReceiveAsync() => AliveAsync().SoonAsync();

    /// <summary>Skips to the next frame of a type.</summary>
    public Task<ServerFrame> ReceiveAsync(string type, Func<JsonObject, bool>? which = null) => SkipAsync(type, which).WaitAsync(LongestSkip);

    /// <summary>Everything of one answer, to TURN_ENDED (TURN_METRICS, if asked for, comes after it).</summary>
    public async Task<Answer> ReceiveAnswerAsync(string requestId)
    {
        var frames = new List<ServerFrame>();
        long? turn = null;
        while (await ReceiveAsync() is { } frame)
        {
            frames.Add(frame);
            if ((string?)frame.Payload["request_id"] == requestId && frame.Payload["turn_id"] is { } id)
            {
                turn = (long)id;
            }

            if (frame.Type == "TURN_ENDED" && turn is not null && (long)frame.Payload["turn_id"]! == turn)
            {
                return new Answer(turn.Value, frames);
            }
        }

        throw new InvalidOperationException($"The server closed ({socket.CloseStatus}) before the answer ended.");
    }

    /// <summary>The server's way of ending: its last messages, and the close status.</summary>
    public async Task<WebSocketCloseStatus?> ReceiveCloseAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        return socket.CloseStatus;
    }

    /// <summary>The connection breaks: no goodbye.</summary>
    public void Cut() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        if (socket.State == WebSocketState.Open)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).SoonAsync();
        }

        socket.Dispose();
    }

    private async Task<ServerFrame> SkipAsync(string type, Func<JsonObject, bool>? which)
    {
        while (await ReceiveAsync() is { } frame)
        {
            if (frame.Type == type && which?.Invoke(frame.Payload) != false)
            {
                return frame;
            }
        }

        throw new InvalidOperationException($"The server closed ({socket.CloseStatus}) before {type} came.");
    }

    private async Task<ServerFrame?> AliveAsync()
    {
        while (await NextAsync() is { } frame)
        {
            if (frame.Type != "HEARTBEAT")
            {
                return frame;
            }

            await SendAsync("HEARTBEAT_REPLY", new { });
        }

        return null;
    }

    private async Task<ServerFrame?> NextAsync()
    {
        var (bytes, type) = await ReadAsync();
        if (bytes is null)
        {
            return null;
        }

        if (type != WebSocketMessageType.Text)
        {
            throw new InvalidOperationException("A binary frame came without its meta.");
        }

        var message = JsonNode.Parse(bytes)!.AsObject();
        var payload = message["payload"]!.AsObject();
        var name = (string)message["msg_type"]!;
        var binary = name == "AUDIO_META" && (int)payload["size"]! > 0 ? (await ReadAsync()).Bytes! : [];
        return new ServerFrame(name, payload, binary, TimeProvider.System.GetTimestamp());
    }

    private async Task<(byte[]? Bytes, WebSocketMessageType Type)> ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None).SoonAsync();
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return (null, part.MessageType);
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (message.ToArray(), part.MessageType);
            }
        }
    }
}
