using Museum.VoiceCallService.Continuity;
using System.Net.WebSockets;
using System.Text;
using Museum.TestKit;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Tests;

/// <summary>What leaves a client's socket, and in how many writes.</summary>
public sealed class OutboxTests
{
    [Fact]
    public async Task A_piece_of_sound_leaves_with_its_announcement_in_one_write()
    {
        var wire = new Wire();
        var sound = new byte[3200];
        Random.Shared.NextBytes(sound);
        await SendAsync(wire, async outbox =>
        {
            await outbox.SendAsync("RESPONSE", new { text = "Before." }, CancellationToken.None);
            await outbox.SendAsync("AUDIO_META", new { size = sound.Length }, CancellationToken.None, turn: 1, binary: sound);
            await outbox.SendAsync("RESPONSE", new { text = "After." }, CancellationToken.None);
        });

        Assert.Equal(4, wire.Writes.Count);
        using var client = WebSocket.CreateFromStream(new MemoryStream([.. wire.Writes.SelectMany(w => w)]), new WebSocketCreationOptions());
        Assert.Contains("REGISTER_ACK", Encoding.UTF8.GetString(await ReceiveAsync(client)), StringComparison.Ordinal);
        Assert.Contains("Before.", Encoding.UTF8.GetString(await ReceiveAsync(client)), StringComparison.Ordinal);
        Assert.Contains("AUDIO_META", Encoding.UTF8.GetString(await ReceiveAsync(client)), StringComparison.Ordinal);
        Assert.Equal(sound, await ReceiveAsync(client));
        Assert.Contains("After.", Encoding.UTF8.GetString(await ReceiveAsync(client)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_behind_the_fence_is_not_written_at_all()
    {
        var wire = new Wire();
        await SendAsync(wire, async outbox =>
        {
            outbox.Fence.CloseThrough(1);
            await outbox.SendAsync("AUDIO_META", new { size = 2 }, CancellationToken.None, turn: 1, binary: new byte[2]);
        });
        Assert.Single(wire.Writes);
    }

    private static async Task SendAsync(Wire wire, Func<Outbox, Task> send)
    {
        var paired = new PairedWrites(wire);
        using var socket = WebSocket.CreateFromStream(paired, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        using var writer = new SocketWriter(socket, paired, TimeProvider.System);
        var outbox = new Outbox(TimeProvider.System, new Fence());
        var running = writer.RunAsync(CancellationToken.None);
        await outbox.AttachAsync(writer, "REGISTER_ACK", new { }, ResumePoint.Beginning, CancellationToken.None);
        await send(outbox);
        writer.Complete();
        await running.SoonAsync();
    }

    private static async Task<byte[]> ReceiveAsync(WebSocket client)
    {
        var buffer = new byte[8192];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await client.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return buffer[..length];
    }
}
