using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// Names a value by everything that it depends on: SHA-256 of its named parts. Two values with an equal key are the same value, on every
/// replica and after every restart, so a part that is forgotten is a wrong answer: make a kind's keys in one place, from one record.
/// </summary>
public readonly record struct CacheKey
{
    // Most keys fit; a long text is hashed from a rented buffer.
    private const int OnStack = 1_024;

    private readonly UInt128 left;
    private readonly UInt128 right;

    private CacheKey(ReadOnlySpan<byte> hash) =>
        (left, right) = (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    /// <param name="parts">In a fixed order. Every name and value is hashed with its length, so no two lists of parts look alike; null is not "".</param>
    public static CacheKey Of(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var room = 0;
        foreach (var (name, value) in parts)
        {
            room += (2 * sizeof(int)) + Encoding.UTF8.GetMaxByteCount(name.Length) + Encoding.UTF8.GetMaxByteCount(value?.Length ?? 0);
        }

        var rented = room > OnStack ? ArrayPool<byte>.Shared.Rent(room) : null;
        var bytes = rented ?? stackalloc byte[OnStack];
        var length = 0;
        foreach (var (name, value) in parts)
        {
            length += Write(name, bytes[length..]);
            length += Write(value, bytes[length..]);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return new CacheKey(hash);
    }

    /// <summary>A hash has no better hash than a piece of itself.</summary>
    public override int GetHashCode() => (int)(uint)(ulong)left;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(hash, left);
        BinaryPrimitives.WriteUInt128BigEndian(hash[16..], right);
        return Convert.ToHexStringLower(hash);
    }

    private static int Write(string? text, Span<byte> into)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, into[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(into, length);
        return sizeof(int) + Math.Max(0, length);
    }
}
