using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// The stream below a WebSocket. A frame that was announced by <see cref="HoldNext"/> waits for the one after it, and both leave in one
/// write: a piece of sound and its AUDIO_META, twenty frames a second for every visitor who listens, then cost one system call here, one
/// read and write at the gateway and one read at the client, instead of two of each.
/// </summary>
/// <param name="inner">Written to by the WebSocket alone, which writes one frame after the other.</param>
internal sealed class PairedWrites(Stream inner) : Stream
{
    private readonly ArrayBufferWriter<byte> held = new(4096);
    private volatile bool holding;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next frame waits for its companion. A control frame that comes between takes it along.</summary>
    public void HoldNext() => holding = true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!holding && held.WrittenCount == 0)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            return;
        }

        held.Write(buffer.Span);
        if (holding)
        {
            holding = false;
            return;
        }

        await inner.WriteAsync(held.WrittenMemory, cancellationToken);
        held.ResetWrittenCount();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Puts <see cref="PairedWrites"/> between Kestrel and the WebSocket; it is found as a feature of the request.</summary>
internal sealed class PairingUpgrade(IHttpUpgradeFeature inner, IFeatureCollection features) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<Stream> UpgradeAsync()
    {
        var stream = new PairedWrites(await inner.UpgradeAsync());
        features.Set(stream);
        return stream;
    }

    /// <summary>Before <c>UseWebSockets</c>, which keeps the feature that it finds.</summary>
    public static Task PrepareAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new PairingUpgrade(upgrade, context.Features));
        }

        return next(context);
    }
}
