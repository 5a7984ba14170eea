using System.Collections.Concurrent;

namespace Museum.VoiceCallService.Tests;

/// <summary>Keeps every write to a socket as it was made.</summary>
internal sealed class Wire : MemoryStream
{
    public ConcurrentQueue<byte[]> Writes { get; } = [];

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Writes.Enqueue(buffer.ToArray());
        return ValueTask.CompletedTask;
    }
}
