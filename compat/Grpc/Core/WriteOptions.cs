namespace Grpc.Core;

[Flags]
public enum WriteFlags
{
    /// <summary>More messages follow at once: this one need not be flushed.</summary>
    BufferHint = 0x1,

    /// <summary>This message is sent uncompressed.</summary>
    NoCompress = 0x2,
}

public class WriteOptions
{
    public static readonly WriteOptions Default = new();

    public WriteOptions(WriteFlags flags = default) => Flags = flags;

    public WriteFlags Flags { get; }
}
