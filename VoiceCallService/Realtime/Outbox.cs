using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// The only writer of a client's socket. Frames leave in the order in which they were put in; those of a turn behind the fence are
/// dropped at the last moment. A client that takes nothing for 10 s is cut off, never buffered without end.
/// </summary>
internal sealed class Outbox(WebSocket socket, PairedWrites? writes, TimeProvider time) : IDisposable
{
    /// <summary>Sound is paced, so this holds some seconds of a turn; who puts more in waits.</summary>
    private const int Capacity = 128;

    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(10);

    private readonly Channel<Frame> frames = Channel.CreateBounded<Frame>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource broken = new();
    private long seq;

    public Fence Fence { get; } = new();

    /// <summary>Of the session, once it is known; null before.</summary>
    public string? SessionId { get; set; }

    /// <summary>Cancelled when the client can no longer be written to.</summary>
    public CancellationToken Broken => broken.Token;

    /// <summary>Numbers the messages that must not be lost.</summary>
    public long NextSeq() => Interlocked.Increment(ref seq);

    /// <param name="type">One of <see cref="MessageTypes"/>.</param>
    /// <param name="payload">The message.</param>
    /// <param name="turn">The turn it belongs to: not sent once that turn is behind the fence. Null: sent in any case.</param>
    /// <param name="binary">A binary frame that must follow at once.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public ValueTask SendAsync<T>(string type, T payload, CancellationToken cancellationToken, long? turn = null, ReadOnlyMemory<byte> binary = default) =>
        frames.Writer.WriteAsync(new Frame(Serialize(type, payload), binary, turn), cancellationToken);

    /// <summary>For what may be left out when the outbox is full.</summary>
    public bool TrySend<T>(string type, T payload) => frames.Writer.TryWrite(new Frame(Serialize(type, payload), default, null));

    /// <summary>No more frames; <see cref="RunAsync"/> ends when the last is out.</summary>
    public void Complete() => frames.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(cancellationToken))
            {
                if (frame.Turn is { } turn && Fence.IsClosed(turn))
                {
                    continue;
                }

                if (frame.Binary.IsEmpty)
                {
                    await WriteAsync(frame.Text, WebSocketMessageType.Text, cancellationToken);
                }
                else
                {
                    writes?.HoldNext();
                    await WriteAsync(frame.Text, WebSocketMessageType.Text, cancellationToken);
                    await WriteAsync(frame.Binary, WebSocketMessageType.Binary, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone or too slow; whoever produces for it learns so by `Broken`.
        }
        finally
        {
            frames.Writer.TryComplete();
            await broken.CancelAsync();
        }
    }

    public void Dispose() => broken.Dispose();

    private byte[] Serialize<T>(string type, T payload) => JsonSerializer.SerializeToUtf8Bytes(
        new Envelope<T>(MessageTypes.ProtocolVersion, type, SessionId, payload, time.GetUtcNow().ToUnixTimeMilliseconds()), ProtocolJson.Options);

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(WriteTimeout);
        await socket.SendAsync(bytes, type, endOfMessage: true, deadline.Token);
    }

    private readonly record struct Frame(byte[] Text, ReadOnlyMemory<byte> Binary, long? Turn);
}
