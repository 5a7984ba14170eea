using Museum.VoiceCallService.Continuity;
using System.Net.WebSockets;
using System.Text;
using Museum.TestKit;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Tests;

/// <summary>A client that takes less than it is given.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task A_client_that_falls_behind_gets_nothing_more_but_why()
    {
        var time = new ManualTime();
        var wire = new SlowWire();
        using var socket = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        using var writer = new SocketWriter(socket, null, time);
        var running = writer.RunAsync(CancellationToken.None);
        var (call, own) = (new Outbox(time, new Fence()), Outbox.Of(writer, time));
        await call.AttachAsync(writer, "REGISTER_ACK", new { }, ResumePoint.Beginning, CancellationToken.None);
        await Eventually.TrueAsync(() => wire.Waits);
        await call.SendAsync("RESPONSE", new { text = "Too late." }, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(11));
        wire.Flow();
        await writer.Lagging.SoonAsync();
        await own.SendAsync("ERROR", new { error_detail = "client_too_slow" }, CancellationToken.None);
        writer.Complete();
        await running.SoonAsync();

        var written = Encoding.UTF8.GetString([.. wire.Writes.SelectMany(w => w)]);
        Assert.Contains("client_too_slow", written, StringComparison.Ordinal);
        Assert.DoesNotContain("Too late.", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_more_to_say_than_the_client_takes_waits()
    {
        var wire = new SlowWire();
        using var socket = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        using var writer = new SocketWriter(socket, null, TimeProvider.System);
        var running = writer.RunAsync(CancellationToken.None);
        var call = new Outbox(TimeProvider.System, new Fence());
        await call.AttachAsync(writer, "REGISTER_ACK", new { }, ResumePoint.Beginning, CancellationToken.None);
        await Eventually.TrueAsync(() => wire.Waits);
        var sent = 0;
        var saying = Task.Run(async () =>
        {
            for (; sent < 1_000; sent++)
            {
                await call.SendAsync("AUDIO_META", new { sent }, CancellationToken.None, turn: 1, binary: new byte[3200]);
            }
        });
        await Eventually.TrueAsync(() => sent == 128);
        Assert.False(saying.IsCompleted);

        wire.Flow();
        await saying.SoonAsync();
        writer.Complete();
        await running.SoonAsync();
    }

    /// <summary>Takes nothing until it flows.</summary>
    private sealed class SlowWire : MemoryStream
    {
        private readonly TaskCompletionSource flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<byte[]> Writes { get; } = [];

        public bool Waits { get; private set; }

        public void Flow() => flows.TrySetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Waits = true;
            await flows.Task.WaitAsync(cancellationToken);
            Writes.Add(buffer.ToArray());
        }
    }
}
