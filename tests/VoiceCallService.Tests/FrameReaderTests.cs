using System.IO.Pipelines;
using System.Net.WebSockets;
using Museum.TestKit;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Tests;

/// <summary>What a connection holds of the pool's memory.</summary>
public sealed class FrameReaderTests
{
    private readonly Pipe toServer = new();

    [Fact]
    public async Task A_client_that_says_nothing_holds_no_memory_whatever_it_sent_before()
    {
        using var client = Socket(Stream.Null, toServer.Writer.AsStream(), isServer: false);
        using var server = Socket(toServer.Reader.AsStream(), Stream.Null, isServer: true);
        using var reader = new FrameReader(server);
        var sound = new byte[FrameReader.MaxBinary];
        Random.Shared.NextBytes(sound);

        var first = reader.ReadAsync(CancellationToken.None);
        Assert.Equal(0, reader.Held);
        await client.SendAsync(sound, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        Assert.Equal(sound, (await first.SoonAsync()).Binary.ToArray());
        Assert.True(reader.Held >= sound.Length);

        var second = reader.ReadAsync(CancellationToken.None);
        Assert.Equal(0, reader.Held);
        await client.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        Assert.True((await second.SoonAsync()).Binary.IsEmpty);
    }

    private static WebSocket Socket(Stream input, Stream output, bool isServer) =>
        WebSocket.CreateFromStream(new Duplex(input, output), new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.Zero });

    /// <summary>A connection whose two directions are streams of their own.</summary>
    private sealed class Duplex(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

        public override void Flush() => output.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
