using System.Net.WebSockets;
using System.Threading.Channels;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// The only writer of a client's socket. Frames leave in the order in which they were put in; those of a turn behind the fence are
/// dropped at the last moment. A slow client is paced, since who has more to say waits for room; one that falls 10 s behind, or takes
/// nothing for so long, is cut off, never buffered without end.
/// </summary>
internal sealed class SocketWriter(WebSocket socket, PairedWrites? writes, TimeProvider time) : IDisposable
{
    /// <summary>Sound is paced, so this holds some seconds of a turn; who puts more in waits.</summary>
    private const int Capacity = 128;

    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Sound that comes so late is of no use to anybody.</summary>
    private static readonly TimeSpan MaxBehind = TimeSpan.FromSeconds(10);

    private readonly Channel<OutgoingFrame> frames = Channel.CreateBounded<OutgoingFrame>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource broken = new();
    private readonly TaskCompletionSource lagging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when the client can no longer be written to.</summary>
    public CancellationToken Broken => broken.Token;

    /// <summary>The client has fallen behind: of what waits for it only the connection's own last words are still written.</summary>
    public Task Lagging => lagging.Task;

    /// <exception cref="ChannelClosedException">The socket is gone.</exception>
    public ValueTask WriteAsync(OutgoingFrame frame, CancellationToken cancellationToken) => frames.Writer.WriteAsync(Stamped(frame), cancellationToken);

    /// <summary>For what may be left out when there is no room.</summary>
    public bool TryWrite(OutgoingFrame frame) => frames.Writer.TryWrite(Stamped(frame));

    /// <summary>No more frames; <see cref="RunAsync"/> ends when the last is out.</summary>
    public void Complete() => frames.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(cancellationToken))
            {
                if (frame.Fence is not null && time.GetElapsedTime(frame.QueuedAt) > MaxBehind)
                {
                    lagging.TrySetResult();
                }

                if (frame.Fence is null || !Lagging.IsCompleted)
                {
                    await WriteFrameAsync(frame, cancellationToken);
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

    private OutgoingFrame Stamped(OutgoingFrame frame)
    {
        frame.QueuedAt = time.GetTimestamp();
        return frame;
    }

    private async Task WriteFrameAsync(OutgoingFrame frame, CancellationToken cancellationToken)
    {
        if (frame.IsFenced(frame.Turn))
        {
            return;
        }

        await WriteAsync(frame.Text, frame.Binary, cancellationToken);
        foreach (var missed in frame.SaidAgain.Where(m => !frame.IsFenced(m.Turn)))
        {
            await WriteAsync(missed.Text, missed.Binary, cancellationToken);
        }
    }

    private async Task WriteAsync(byte[] text, ReadOnlyMemory<byte> binary, CancellationToken cancellationToken)
    {
        if (binary.IsEmpty)
        {
            await WriteAsync(text, WebSocketMessageType.Text, cancellationToken);
            return;
        }

        writes?.HoldNext();
        await WriteAsync(text, WebSocketMessageType.Text, cancellationToken);
        await WriteAsync(binary, WebSocketMessageType.Binary, cancellationToken);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(WriteTimeout);
        await socket.SendAsync(bytes, type, endOfMessage: true, deadline.Token);
    }
}
