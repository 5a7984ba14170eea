using System.Buffers.Binary;
using System.Text;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>
/// The first and the last words of an AMQP 0-9-1 connection (specification §2.2.4, §4.2.3), as much as a health check needs:
/// <code>
/// client: protocol header   server: start(10)   client: start-ok(11)   server: tune(30)   client: tune-ok(31), open(40)
/// server: open-ok(41)       client: close(50)   server: close-ok(51)
/// </code>
/// A frame is type(1) channel(2) size(4) payload end(1); a method's payload begins with class(2) method(2).
/// </summary>
internal sealed class AmqpHandshake(Stream stream)
{
    private const byte MethodFrame = 1;
    private const byte FrameEnd = 0xCE;
    private const ushort ConnectionClass = 10;
    private const int MaxFrame = 131_072;

    public async Task OpenAndCloseAsync(string user, string password, CancellationToken ct)
    {
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), ct);
        await ExpectAsync(10, ct);
        await SendAsync(11, [.. new byte[4], .. Short("PLAIN"), .. Long($"\0{user}\0{password}"), .. Short("en_US")], ct);
        var tune = await ExpectAsync(30, ct);
        await SendAsync(31, tune, ct);
        await SendAsync(40, [.. Short("/"), 0, 0], ct);
        await ExpectAsync(41, ct);
        await SendAsync(50, [0, 200, .. Short("done"), 0, 0, 0, 0], ct);
        await ExpectAsync(51, ct);
    }

    private async Task SendAsync(ushort method, byte[] arguments, CancellationToken ct)
    {
        var frame = new byte[7 + 4 + arguments.Length + 1];
        frame[0] = MethodFrame;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(3), 4 + arguments.Length);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(7), ConnectionClass);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(9), method);
        arguments.CopyTo(frame, 11);
        frame[^1] = FrameEnd;
        await stream.WriteAsync(frame, ct);
    }

    private async Task<byte[]> ExpectAsync(ushort method, CancellationToken ct)
    {
        var header = new byte[7];
        await stream.ReadExactlyAsync(header, ct);
        var size = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(3));
        if (header[0] != MethodFrame || size is < 4 or > MaxFrame)
        {
            throw new IOException("The broker does not speak AMQP 0-9-1.");
        }

        var payload = new byte[size + 1];
        await stream.ReadExactlyAsync(payload, ct);
        var got = BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(2));
        return got == method ? payload[4..^1] : throw new IOException($"The broker answered with method {got} instead of {method}.");
    }

    private static byte[] Short(string text) => [(byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Long(string text)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        return bytes;
    }
}
