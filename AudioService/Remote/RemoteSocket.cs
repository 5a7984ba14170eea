using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Museum.AudioService.Remote;

/// <summary>The server answered the WebSocket's handshake with a status of its own.</summary>
internal sealed class HandshakeRefusedException(HttpStatusCode status, DateTimeOffset? date, TimeSpan? retryAfter) : Exception($"The handshake was answered with {(int)status}.")
{
    public HttpStatusCode Status => status;

    /// <summary>The server's clock.</summary>
    public DateTimeOffset? Date => date;

    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>A WebSocket to a remote service that sends and receives whole messages, and tells every failure as that service's.</summary>
internal sealed class RemoteSocket : IDisposable
{
    // A second of PCM16 at 48 kHz is 96 KB; services send tenths of it.
    private const int MaxMessageBytes = 1 << 20;

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly RemoteService service;
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[16_384];

    private RemoteSocket(RemoteService service) => this.service = service;

    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>Throws <see cref="HandshakeRefusedException"/> when somebody answers, and a dependency's failure when nobody does.</summary>
    public static async Task<RemoteSocket> OpenAsync(
        RemoteService service, Uri url, IReadOnlyDictionary<string, string> headers, TimeSpan limit, CancellationToken ct)
    {
        var opened = new RemoteSocket(service);
        var options = opened.socket.Options;
        options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            options.SetRequestHeader(name, value);
        }

        try
        {
            return await service.WithinAsync(
                limit,
                TimeProvider.System,
                "open a connection",
                async token =>
                {
                    await opened.socket.ConnectAsync(url, token);
                    return opened;
                },
                ct);
        }
        catch (WebSocketException e)
        {
            var status = opened.socket.HttpStatusCode;
            throw status is 0 or HttpStatusCode.SwitchingProtocols
                ? service.Unreachable(e)
                : new HandshakeRefusedException(status, opened.Header("Date", Date), opened.Header("Retry-After", Seconds));
        }
        finally
        {
            if (opened.socket.State != WebSocketState.Open)
            {
                opened.Dispose();
            }
        }
    }

    public Task SendAsync(string text, CancellationToken ct) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, ct);

    public Task SendAsync(ReadOnlyMemory<byte> sound, CancellationToken ct) => SendAsync(sound, WebSocketMessageType.Binary, ct);

    /// <summary>The next message; one that ends the connection is a failure, as nobody who waits for a message expects it.</summary>
    public async Task<(WebSocketMessageType Kind, ReadOnlyMemory<byte> Body)> ReceiveAsync(CancellationToken ct)
    {
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
                if (part.MessageType == WebSocketMessageType.Close || message.Length + part.Count > MaxMessageBytes)
                {
                    throw service.BrokeOff();
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return (part.MessageType, message.ToArray());
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException)
        {
            throw service.BrokeOff(e);
        }
    }

    /// <summary>Says goodbye, and waits for no answer. <see cref="Dispose"/> alone just hangs up.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The other side was quicker.
        }

        Dispose();
    }

    public void Dispose() => socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType kind, CancellationToken ct)
    {
        try
        {
            await socket.SendAsync(message, kind, endOfMessage: true, ct);
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException)
        {
            throw service.BrokeOff(e);
        }
    }

    private T? Header<T>(string name, Func<string, T?> read)
        where T : struct =>
        socket.HttpResponseHeaders?.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } value ? read(value) : null;

    private static DateTimeOffset? Date(string value) =>
        DateTimeOffset.TryParseExact(value, "r", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static TimeSpan? Seconds(string value) => int.TryParse(value, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
