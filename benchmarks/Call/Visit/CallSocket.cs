using System.Net.WebSockets;
using System.Text.Json;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>A socket of <c>/ws/voice/call</c>: text and binary frames out, messages with their sound in.</summary>
internal sealed class CallSocket : IAsyncDisposable
{
    private static readonly string[] Features = ["speech_events", "transcripts", "binary_audio", "avatar_track", "sources", "metrics", "status"];

    /// <summary>A server that takes nothing for so long is gone.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource lifetime = new();
    private readonly VisitorPass pass;

    private CallSocket(VisitorPass pass) => this.pass = pass;

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <param name="address">Of the call.</param>
    /// <param name="pass">Who calls.</param>
    /// <param name="resume">How a broken call goes on: <c>{session_id, resume_token, last_seq}</c>; null: a new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CallSocket> OpenAsync(Uri address, VisitorPass pass, object? resume, CancellationToken cancellationToken)
    {
        var call = new CallSocket(pass);
        try
        {
            call.socket.Options.Proxy = null;
            call.socket.Options.AddSubProtocol("museum");
            call.socket.Options.AddSubProtocol("bearer." + pass.Token);
            await call.socket.ConnectAsync(address, cancellationToken);
            await call.SendAsync("REGISTER", new
            {
                platform = "WEB", require_tts = true, enable_srs = true, function_calling = Array.Empty<object>(), language = "en", features = Features,
                audio = new { input = new { format = "pcm16", sample_rate = 16_000 }, output = new { format = "pcm16", sample_rate = 16_000 } }, greeting = false, resume,
            });
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    public Task SendAsync(string type, object payload) => SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(new { version = "1.0", msg_type = type, session_id = pass.Session, payload, timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }),
        WebSocketMessageType.Text);

    /// <exception cref="WebSocketException">The socket is gone.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token);
        limit.CancelAfter(SendLimit);
        try
        {
            await sending.WaitAsync(limit.Token);
            try
            {
                await socket.SendAsync(bytes, type, true, limit.Token);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            throw new WebSocketException("The socket is gone.", e);
        }
    }

    /// <summary>Everything until the end: a message, or a binary frame with the message that announced it. The bytes are the reader's until the next.</summary>
    /// <exception cref="WebSocketException">The socket is gone.</exception>
    public async Task ReadAsync(Func<JsonElement, ReadOnlyMemory<byte>, Task> take)
    {
        var buffer = new byte[32 * 1024];
        JsonElement? announced = null;
        while (true)
        {
            var (length, type) = await ReadFrameAsync();
            if (type == WebSocketMessageType.Close)
            {
                return;
            }

            if (type == WebSocketMessageType.Binary)
            {
                await take(announced ?? throw new WebSocketException("A binary frame came without its meta."), buffer.AsMemory(0, length));
                announced = null;
                continue;
            }

            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            var message = document.RootElement.Clone();
            if (message.GetProperty("msg_type").GetString() == "AUDIO_META" && message.GetProperty("payload").GetProperty("size").GetInt32() > 0)
            {
                announced = message;
            }
            else
            {
                await take(message, default);
            }
        }

        async Task<(int Length, WebSocketMessageType Type)> ReadFrameAsync()
        {
            for (var length = 0; ;)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, 2 * length);
                }

                var part = await socket.ReceiveAsync(buffer.AsMemory(length), lifetime.Token);
                length += part.Count;
                if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
                {
                    return (length, part.MessageType);
                }
            }
        }
    }

    /// <summary>As when a network breaks: no farewell.</summary>
    public void Cut()
    {
        lifetime.Cancel();
        socket.Abort();
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        socket.Dispose();
        sending.Dispose();
        lifetime.Dispose();
        return ValueTask.CompletedTask;
    }
}
