using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Museum.AudioService.Tests.Remote;

/// <summary>
/// Follows DashScope's published WebSocket protocol for speech: a task at a time, texts only in a started task, a connection that is
/// closed after a failed task and after 60 s without one.
/// </summary>
internal sealed partial class DashScopeServer(TimeProvider time) : RemoteServer
{
    public const string Key = "sk-of-this-test";

    private int connections;
    private int abandoned;

    public string Url => $"{SocketAddress}api-ws/v1/inference";

    /// <summary>Every text message that came, on all connections.</summary>
    public ConcurrentQueue<JsonElement> Received { get; } = new();

    public IEnumerable<string> Actions => Received.Select(m => m.GetProperty("header").GetProperty("action").GetString()!);

    public int Connections => Volatile.Read(ref connections);

    /// <summary>Tasks whose client hung up before they had finished.</summary>
    public int Abandoned => Volatile.Read(ref abandoned);

    public string ValidKey { get; set; } = Key;

    /// <summary>Refuses handshakes with this status.</summary>
    public int? Refuses { get; set; }

    /// <summary>Fails tasks with this error code when they get their first text.</summary>
    public string? Fails { get; set; }

    /// <summary>Hangs up after this many frames of sound.</summary>
    public int? HangsUpAfter { get; set; }

    /// <summary>What a start, and everything after a sentence's first frame, waits for.</summary>
    public TaskCompletionSource? HoldsStart { get; set; }

    public TaskCompletionSource? HoldsSound { get; set; }

    public TimeSpan ClosesIdleAfter { get; set; } = TimeSpan.FromSeconds(60);

    public bool TimesBeginAnewWithEachSentence { get; set; }

    public static async Task<DashScopeServer> StartAsync(TimeProvider? time = null)
    {
        var server = new DashScopeServer(time ?? TimeProvider.System);
        await server.StartAsync(server.AnswerAsync);
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Refuses is { } status)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            return;
        }

        if (context.Request.Headers.Authorization != $"Bearer {ValidKey}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        Interlocked.Increment(ref connections);
        await new Connection(this, socket).RunAsync(context.RequestAborted);
    }

    private sealed partial class Connection(DashScopeServer server, WebSocket socket)
    {
        // What a test sends in one task, with room.
        private readonly Channel<string?> texts = Channel.CreateBounded<string?>(64);
        private string? task;
        private JsonElement parameters;
        private Task speaking = Task.CompletedTask;
        private DateTimeOffset idleSince = server.Now;

        public async Task RunAsync(CancellationToken aborted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            var closing = CloseIdleAsync(stop.Token);
            while (await ReceiveMessageAsync(socket, CancellationToken.None) is var (kind, message))
            {
                await (kind == WebSocketMessageType.Binary ? HearAsync(message, stop.Token) : TakeAsync(JsonSerializer.Deserialize<JsonElement>(message), stop.Token));
            }

            if (task is not null)
            {
                Interlocked.Increment(ref server.abandoned);
            }

            await stop.CancelAsync();
            await Task.WhenAll(speaking, closing).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        private async Task TakeAsync(JsonElement message, CancellationToken ct)
        {
            server.Received.Enqueue(message);
            var (header, payload) = (message.GetProperty("header"), message.GetProperty("payload"));
            var id = header.GetProperty("task_id").GetString()!;
            if (header.GetProperty("streaming").GetString() != "duplex" || !payload.TryGetProperty("input", out var input))
            {
                await FailAsync(id, "InvalidParameter", ct);
                return;
            }

            switch (header.GetProperty("action").GetString())
            {
                case "run-task" when task is null && payload.GetProperty("task_group").GetString() == "audio" && payload.GetProperty("task").GetString() == "tts"
                    && payload.GetProperty("function").GetString() == "SpeechSynthesizer" && payload.GetProperty("parameters").GetProperty("text_type").GetString() == "PlainText":
                    await (server.HoldsStart?.Task.WaitAsync(ct) ?? Task.CompletedTask);
                    (task, parameters) = (id, payload.GetProperty("parameters"));
                    await EventAsync("task-started", new { }, ct);
                    speaking = SpeakAsync(ct);
                    break;
                case "run-task" when task is null && IsRecognition(payload):
                    await (server.HoldsStart?.Task.WaitAsync(ct) ?? Task.CompletedTask);
                    task = id;
                    BeginHearing();
                    await EventAsync("task-started", new { }, ct);
                    break;
                case "finish-task" when task == id && isHearing:
                    await FinishHearingAsync(ct);
                    break;
                case "continue-task" when task == id && input.GetProperty("text").GetString() is { Length: > 0 and <= 20_000 } text:
                    if (server.Fails is { } code)
                    {
                        await FailAsync(id, code, ct);
                        return;
                    }

                    await texts.Writer.WriteAsync(text, ct);
                    break;
                case "finish-task" when task == id:
                    await texts.Writer.WriteAsync(null, ct);
                    break;
                default:
                    await FailAsync(id, "InvalidParameter", ct);
                    break;
            }
        }

        private async Task SpeakAsync(CancellationToken ct)
        {
            double before = 0;
            for (var index = 0; await texts.Reader.ReadAsync(ct) is { } text; index++)
            {
                await OutputAsync("sentence-begin", index, [], ct);
                var rate = parameters.GetProperty("sample_rate").GetInt32();
                var pcm = Tones(text, rate);
                var mp3 = parameters.GetProperty("format").GetString() == "mp3";
                // 100 ms of PCM, or 1 KB of mp3.
                foreach (var (i, frame) in (mp3 ? (await Mp3Async(pcm, rate)).Chunk(1_024) : pcm.Chunk(rate / 5)).Index())
                {
                    await OutputAsync("sentence-synthesis", index, [], ct);
                    await socket.SendAsync(frame, WebSocketMessageType.Binary, true, ct);
                    await (server.HoldsSound?.Task.WaitAsync(ct) ?? Task.CompletedTask);
                    if (i + 1 == server.HangsUpAfter)
                    {
                        socket.Abort();
                        return;
                    }
                }

                await OutputAsync("sentence-end", index, Words(text).Select(w => (w.Text, w.Start + before, w.End + before)), ct);
                before = server.TimesBeginAnewWithEachSentence ? 0 : before + (pcm.Length / 2.0 / rate);
            }

            idleSince = server.Now;
            var finished = task!;
            task = null;
            await EventAsync("task-finished", new { output = new { }, usage = new { characters = 1 } }, ct, finished);
        }

        private async Task CloseIdleAsync(CancellationToken ct)
        {
            using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await look.WaitForNextTickAsync(ct))
            {
                if (task is null && server.Now - idleSince > server.ClosesIdleAfter)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "idle", ct);
                    return;
                }
            }
        }

        private async Task FailAsync(string id, string code, CancellationToken ct)
        {
            task = null;
            await SendAsync(socket, JsonSerializer.Serialize(new { header = new { task_id = id, @event = "task-failed", error_code = code, error_message = "as the test wants it", attributes = new { } }, payload = new { } }), ct);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
        }

        private Task OutputAsync(string type, int index, IEnumerable<(string Text, double Start, double End)> words, CancellationToken ct)
        {
            var told = words.Select((w, i) => new { text = w.Text, begin_index = i, end_index = i + 1, begin_time = (int)(w.Start * 1_000), end_time = (int)(w.End * 1_000) });
            return EventAsync("result-generated", new { output = new { sentence = new { index, words = told }, type } }, ct);
        }

        private Task EventAsync(string name, object payload, CancellationToken ct, string? id = null) =>
            SendAsync(socket, JsonSerializer.Serialize(new { header = new { task_id = id ?? task, @event = name, attributes = new { } }, payload }), ct);
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
