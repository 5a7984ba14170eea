using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>
/// Somebody in a live call, with a page between: the microphone never stops, whoever speaks; what comes is played on the same clock and
/// reported; the page pauses when the server says TURN_PAUSED, goes on at TURN_RESUMED and throws away what it has at TURN_ENDED{interrupted}.
/// </summary>
internal sealed class Caller : IAsyncDisposable
{
    private static readonly TimeSpan EntryLimit = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource lifetime = new();
    private readonly Uri address;
    private readonly VisitorPass pass;
    private readonly Link link;
    private readonly TextStreams texts = new();
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private CallSocket? socket;
    private Task hearing = Task.CompletedTask;
    private Task speaking = Task.CompletedTask;
    private string? resumeToken;
    private long lastSeq;
    private object soundSoFar = new { turn_id = 0L, sequence = 0, end_ms = 0d };
    private long latestTurn;
    private long endedTurn;

    private Caller(RunningSuite suite, VisitorPass pass, CallKind kind, int number)
    {
        address = new Uri($"ws://{suite.Address.Authority}/ws/voice/call");
        this.pass = pass;
        Microphone = new Microphone(kind == CallKind.LoudHall ? Hall.Loud : Hall.Quiet, number * 7_919);
        link = new Link(kind == CallKind.PoorNetwork, number);
    }

    public string Session => pass.Session;

    public Microphone Microphone { get; }

    public Loudspeaker Loudspeaker { get; } = new();

    public SeenLog Seen { get; } = new();

    /// <summary>How late frames left, for no reason of the network's: what the measuring itself costs. Milliseconds, the worst of each second.</summary>
    public List<double> LateMs { get; } = [];

    /// <summary>The highest turn whose sound or text came.</summary>
    public long LatestTurn => Interlocked.Read(ref latestTurn);

    /// <summary>What a server must not do, in words; none in a good run.</summary>
    public List<string> Offences { get; } = [];

    /// <summary>Questions that were said: there should be as many turns.</summary>
    public int Asked { get; set; }

    /// <summary>The server lets a broken call go on.</summary>
    public bool CanResume => resumeToken is not null;

    public static async Task<Caller> EnterAsync(RunningSuite suite, VisitorPass pass, CallKind kind, int number, CancellationToken cancellationToken)
    {
        var caller = new Caller(suite, pass, kind, number);
        try
        {
            await caller.ConnectAsync(resume: false, cancellationToken);
            caller.speaking = caller.SpeakAsync(caller.lifetime.Token);
            return caller;
        }
        catch
        {
            await caller.DisposeAsync();
            throw;
        }
    }

    /// <summary>The network breaks; the microphone goes on, unheard.</summary>
    public async Task CutAsync()
    {
        socket!.Cut();
        await hearing;
    }

    /// <summary>And is back.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => ConnectAsync(resume: true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await lifetime.CancelAsync();
        await speaking;
        socket?.Cut();
        await hearing;
        if (socket is not null)
        {
            await socket.DisposeAsync();
        }

        lifetime.Dispose();
    }

    private async Task ConnectAsync(bool resume, CancellationToken cancellationToken)
    {
        var mark = Seen.Count;
        var how = resume && CanResume ? new { session_id = pass.Session, resume_token = resumeToken, last_seq = Interlocked.Read(ref lastSeq), sound = soundSoFar } : null;
        var opened = await CallSocket.OpenAsync(address, pass, how, cancellationToken);
        var before = Interlocked.Exchange(ref socket, opened);
        hearing = HearAsync(opened);
        if (before is not null)
        {
            await before.DisposeAsync();
        }

        var ack = await Seen.FirstAsync(mark, s => s.Type is "REGISTER_ACK" or "ERROR" or "CLOSED", EntryLimit, cancellationToken);
        if (ack?.Type != "REGISTER_ACK")
        {
            throw new WebSocketException($"The call was not taken: {ack?.Text("error_code") ?? ack?.Type ?? "no answer"}.");
        }

        resumeToken = ack.Text("resume_token");
    }

    private async Task SpeakAsync(CancellationToken cancellationToken)
    {
        var (frame, heard) = (new short[Pcm.FrameSamples], new short[Pcm.FrameSamples]);
        var reports = new List<Played>();
        var worst = 0d;
        for (var number = 0L; !cancellationToken.IsCancellationRequested; number++)
        {
            var due = link.LeavesAt(FrameClock.CompleteAt(number));
            if (due > Stopwatch.GetElapsedTime(startedAt))
            {
                await Task.Delay(due - Stopwatch.GetElapsedTime(startedAt), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            worst = Math.Max(worst, (Stopwatch.GetElapsedTime(startedAt) - due).TotalMilliseconds);
            Loudspeaker.Read(heard, reports);
            Microphone.Read(heard, frame);
            await SendAsync(frame, reports);
            Microphone.Sent(Microphone.Position, Stopwatch.GetTimestamp());
            reports.Clear();
            if (number % (Pcm.Rate / Pcm.FrameSamples) == 0)
            {
                LateMs.Add(worst);
                worst = 0;
            }
        }
    }

    private async Task SendAsync(short[] frame, List<Played> reports)
    {
        try
        {
            await socket!.SendAsync(MemoryMarshal.AsBytes(frame.AsSpan()).ToArray(), WebSocketMessageType.Binary);
            foreach (var report in reports)
            {
                await TellAsync(report);
            }
        }
        catch (WebSocketException)
        {
            // Cut off; a page drops what it records until it is connected again.
        }
    }

    private Task TellAsync(Played played) =>
        socket!.SendAsync("PLAYBACK", new { turn_id = played.TurnId, sequence = played.Sequence, played_ms = played.PlayedMs, state = played.State });

    private async Task HearAsync(CallSocket from)
    {
        try
        {
            await from.ReadAsync((message, sound) => TakeAsync(from, message, sound, Stopwatch.GetTimestamp()));
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Cut off, by the suite or by this one's own leaving.
        }

        Seen.Add(new Seen(Stopwatch.GetTimestamp(), "CLOSED", 0, default));
    }

    private async Task TakeAsync(CallSocket from, JsonElement message, ReadOnlyMemory<byte> sound, long at)
    {
        var payload = message.GetProperty("payload");
        var seen = new Seen(at, message.GetProperty("msg_type").GetString()!, payload.TryGetProperty("turn_id", out var turn) && turn.TryGetInt64(out var id) ? id : 0, payload);
        if (seen.Number("seq") is { } seq && (long)seq > lastSeq)
        {
            Interlocked.Exchange(ref lastSeq, (long)seq);
        }

        switch (seen.Type)
        {
            case "HEARTBEAT":
                await from.SendAsync("HEARTBEAT_REPLY", new { client_status = "ONLINE" });
                await from.SendAsync("ACK", new { last_seq = lastSeq });
                return;
            case "AVATAR_TRACK":
                return;
            case "RESPONSE":
                Offences.AddRange(texts.Take(seen));
                return;
            case "AUDIO_META":
                Play(seen, sound);
                return;
            case "TURN_PAUSED" when Loudspeaker.Pause(seen.TurnId) is { } paused:
                await TellAsync(paused);
                break;
            case "TURN_RESUMED":
                Loudspeaker.Resume();
                break;
            case "TURN_ENDED" when seen.Is("TURN_ENDED", "interrupted"):
                Interlocked.Exchange(ref endedTurn, Math.Max(endedTurn, seen.TurnId));
                if (Loudspeaker.Stop(seen.TurnId) is { } cut)
                {
                    await TellAsync(cut);
                }

                break;
        }

        Seen.Add(seen);
    }

    private void Play(Seen seen, ReadOnlyMemory<byte> sound)
    {
        if (seen.TurnId <= Interlocked.Read(ref endedTurn))
        {
            Offences.Add($"sound of turn {seen.TurnId} after its TURN_ENDED{{interrupted}}");
        }

        soundSoFar = new { turn_id = seen.TurnId, sequence = (int)seen.Number("sequence")!, end_ms = (seen.Number("start_ms") ?? 0) + (seen.Number("duration_ms") ?? 0) };
        Loudspeaker.Place(new Piece(seen.TurnId, (int)seen.Number("sequence")!, seen.Number("start_ms") ?? 0, Pcm.Read(sound.ToArray()), seen.Is("AUDIO_META", "last")));
        if (seen.TurnId > latestTurn && !sound.IsEmpty)
        {
            // The first sound of a turn: of the others nobody asks when they came.
            Interlocked.Exchange(ref latestTurn, seen.TurnId);
            Seen.Add(seen);
        }
    }
}
