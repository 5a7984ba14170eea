using System.Net.WebSockets;
using System.Text.Json;

namespace Museum.Benchmarks.Visitors.Visits;

/// <summary>
/// Somebody with a page of their own: a socket with everything that a real page asks for, questions, and what a page says by itself
/// (PLAYBACK, heartbeats). Reads as little of what comes as it can.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string[] Features = ["speech_events", "avatar_track", "binary_audio", "sources", "suggestions", "status", "metrics"];
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource lifetime = new();
    private readonly TaskCompletionSource registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly VisitorPass pass;
    private readonly string language;
    private readonly Playback playback;
    private Task running = Task.CompletedTask;

    // The answer that comes, and the one before it: its last words may come after the next question has left.
    private volatile SeenAnswer? current;
    private volatile SeenAnswer? before;

    private Visitor(VisitorPass pass, string language)
    {
        (this.pass, this.language) = (pass, language);
        playback = new Playback(report => SendAsync("PLAYBACK", new { turn_id = report.TurnId, sequence = report.Sequence, played_ms = report.PlayedMs, state = report.State }));
    }

    /// <summary>The socket is gone.</summary>
    public Task Left => running;

    /// <summary>What the last STATUS said; null before the first.</summary>
    public (bool VoiceAway, bool FaceAway)? Status { get; private set; }

    /// <summary>Frames that came, sound included.</summary>
    public long Frames { get; private set; }

    public static async Task<Visitor> EnterAsync(Uri socket, VisitorPass pass, string language, CancellationToken cancellationToken)
    {
        var visitor = new Visitor(pass, language);
        try
        {
            visitor.socket.Options.Proxy = null;
            visitor.socket.Options.AddSubProtocol("museum");
            visitor.socket.Options.AddSubProtocol("bearer." + pass.Token);
            await visitor.socket.ConnectAsync(socket, cancellationToken);
            visitor.running = visitor.RunAsync();
            await visitor.SendAsync("REGISTER", new
            {
                platform = "WEB", require_tts = true, enable_srs = true, function_calling = Array.Empty<object>(), language, features = Features,
                audio = new { output = new { format = "pcm16", sample_rate = 16_000 } }, greeting = false,
            });
            await visitor.registered.Task.WaitAsync(cancellationToken);
            return visitor;
        }
        catch
        {
            await visitor.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks; a question that is still being answered is over with it, as on the page.</summary>
    /// <exception cref="WebSocketException">The socket is gone.</exception>
    public async Task<SeenAnswer> AskAsync(string question)
    {
        await StopPlayingAsync();
        var answer = new SeenAnswer("req_" + Guid.NewGuid().ToString("N")[..12], language);
        if (current is { } last)
        {
            last.Interrupted |= !last.Ended.IsCompleted;
        }

        (before, current) = (current, answer);
        await SendAsync("REQUEST", new
        {
            request_id = answer.RequestId, data_type = "TEXT", stream_flag = false, stream_seq = 0, require_tts = true, content = new { text = question },
        });
        return answer;
    }

    /// <summary>Has heard enough.</summary>
    public async Task InterruptAsync(SeenAnswer answer)
    {
        answer.Interrupted = true;
        await StopPlayingAsync();
        await SendAsync("INTERRUPT", new { interrupt_request_id = answer.RequestId, reason = "USER_STOP" });
    }

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        await running;
        socket.Dispose();
        sending.Dispose();
        lifetime.Dispose();
    }

    private async Task StopPlayingAsync()
    {
        if (playback.Stop() is { } cut)
        {
            await SendAsync("PLAYBACK", new { turn_id = cut.TurnId, sequence = cut.Sequence, played_ms = cut.PlayedMs, state = cut.State });
        }
    }

    private async Task RunAsync()
    {
        var playing = playback.RunAsync(lifetime.Token);
        try
        {
            await ReadAllAsync(lifetime.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Cut off, by the suite or by this visitor's own leaving.
        }

        socket.Abort();
        registered.TrySetException(new WebSocketException("The socket was closed before REGISTER_ACK."));
        if (!lifetime.IsCancellationRequested)
        {
            before?.Fail("connection_lost");
            current?.Fail("connection_lost");
        }

        await lifetime.CancelAsync();
        await playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            // Of a sound only that it came: its AUDIO_META said how long it is.
            length = part.MessageType == WebSocketMessageType.Text ? length + part.Count : 0;
            if (!part.EndOfMessage)
            {
                Array.Resize(ref buffer, length == buffer.Length ? 2 * length : buffer.Length);
                continue;
            }

            Frames++;
            if (part.MessageType == WebSocketMessageType.Text)
            {
                var message = ServerMessage.Read(buffer.AsSpan(0, length));
                length = 0;
                await HandleAsync(message);
            }
        }
    }

    private Task HandleAsync(ServerMessage message)
    {
        switch (message.Type)
        {
            case "REGISTER_ACK":
                registered.TrySetResult();
                break;
            case "STATUS":
                Status = (message.VoiceAway, message.FaceAway);
                break;
            case "HEARTBEAT":
                return SendAsync("HEARTBEAT_REPLY", new { client_status = "ONLINE" });
            case "ERROR" when message.RequestId is null:
                registered.TrySetException(new WebSocketException(message.ErrorCode));
                current?.Fail(message.ErrorCode!);
                break;
            default:
                if (AnswerOf(message) is { } answer)
                {
                    Note(answer, message);
                }

                break;
        }

        return Task.CompletedTask;
    }

    private void Note(SeenAnswer answer, in ServerMessage message)
    {
        switch (message.Type)
        {
            case "RESPONSE" when !answer.Interrupted && (message.HasText || message.EndsText):
                answer.Texted(message.EndsText);
                break;
            case "AUDIO_META":
                answer.Heard(message.Sequence);
                playback.Place(message);
                break;
            case "AVATAR_TRACK":
                answer.Faced(message.Sequence);
                break;
            case "TURN_METRICS":
                answer.Measured(message);
                break;
            case "ERROR":
                answer.Fail(message.ErrorCode!);
                break;
        }
    }

    private SeenAnswer? AnswerOf(in ServerMessage message) =>
        current is { } now && Matches(now, message) ? now
        : before is { } last && Matches(last, message) ? last
        : null;

    private static bool Matches(SeenAnswer answer, in ServerMessage message)
    {
        if (message.RequestId is null)
        {
            return message.TurnId == answer.TurnId;
        }

        if (message.RequestId != answer.RequestId)
        {
            return false;
        }

        answer.TurnId ??= message.TurnId == 0 ? null : message.TurnId;
        return true;
    }

    private async Task SendAsync(string type, object payload)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { version = "1.0", msg_type = type, session_id = pass.Session, payload, timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token);
        limit.CancelAfter(SendLimit);
        try
        {
            await sending.WaitAsync(limit.Token);
            try
            {
                await socket.SendAsync(json, WebSocketMessageType.Text, true, limit.Token);
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
}
