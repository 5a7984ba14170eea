using System.Security.Cryptography;
using System.Text;

namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// A value as it lies on the second level:
/// <code>"MUC1" · expires (UTC ticks) · stale for (ticks) · priority · null? · tags with generations · length · payload · SHA-256 of all before</code>
/// </summary>
internal sealed record StoredEntry
{
    private const uint Magic = 0x3143554D;

    /// <summary>Null: the value is null.</summary>
    public required ReadOnlyMemory<byte>? Payload { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public required TimeSpan StaleFor { get; init; }
    public required CachePriority Priority { get; init; }
    public required IReadOnlyList<TagStamp> Tags { get; init; }

    public byte[] Write()
    {
        var payload = Payload ?? default;
        using var stream = new MemoryStream(payload.Length + 256);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(ExpiresAt.Ticks);
        writer.Write(StaleFor.Ticks);
        writer.Write((byte)Priority);
        writer.Write(Payload is null);
        writer.Write(Tags.Count);
        foreach (var (tag, generation) in Tags)
        {
            writer.Write(tag);
            writer.Write(generation);
        }

        writer.Write(payload.Length);
        writer.Write(payload.Span);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Null: truncated, damaged, or of another version.</summary>
    public static StoredEntry? Read(byte[] bytes)
    {
        var signed = bytes.Length - SHA256.HashSizeInBytes;
        if (signed < sizeof(uint) || !SHA256.HashData(bytes.AsSpan(0, signed)).AsSpan().SequenceEqual(bytes.AsSpan(signed)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, 0, signed), Encoding.UTF8);
        if (reader.ReadUInt32() != Magic)
        {
            return null;
        }

        var expiresAt = new DateTime(reader.ReadInt64(), DateTimeKind.Utc);
        var staleFor = new TimeSpan(reader.ReadInt64());
        var priority = (CachePriority)reader.ReadByte();
        var isNull = reader.ReadBoolean();
        var tags = new TagStamp[reader.ReadInt32()];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new TagStamp(reader.ReadString(), reader.ReadUInt64());
        }

        var length = reader.ReadInt32();
        return new StoredEntry
        {
            Payload = isNull ? (ReadOnlyMemory<byte>?)null : bytes.AsMemory((int)reader.BaseStream.Position, length),
            ExpiresAt = expiresAt,
            StaleFor = staleFor,
            Priority = priority,
            Tags = tags,
        };
    }
}
