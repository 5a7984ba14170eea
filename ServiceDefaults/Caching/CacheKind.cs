using System.Text.Json;

namespace Museum.ServiceDefaults.Caching;

/// <summary>Where values of a kind are kept.</summary>
public enum CacheLevels
{
    /// <summary>L1: this process's memory.</summary>
    Memory,

    /// <summary>L1 and L2, Redis: small values that any replica may need.</summary>
    MemoryAndRedis,

    /// <summary>L1 and L3, files: media, which never go into Redis.</summary>
    MemoryAndFiles,
}

/// <summary>A kind of value; its settings are <c>Cache:{Name}</c>.</summary>
/// <param name="Name">Lower case, one word: names settings, metrics, files and keys in Redis.</param>
public sealed record CacheKind<T>(string Name)
{
    public CacheLevels Levels { get; init; } = CacheLevels.Memory;

    /// <summary>How many bytes of memory a value takes.</summary>
    public required Func<T, long> SizeOf { get; init; }

    /// <summary>True for a value that says "there is nothing", which lives for <see cref="CacheOptions.NegativeTimeToLive"/>.</summary>
    public Func<T, bool> IsNegative { get; init; } = value => value is null;

    /// <summary>False for a value that serves whoever waits for it and nobody after them: it is kept nowhere.</summary>
    public Func<T, bool> MayKeep { get; init; } = _ => true;

    /// <summary>How a value is written on the second level; never called with null.</summary>
    public Func<T, byte[]> Write { get; init; } = value => JsonSerializer.SerializeToUtf8Bytes(value);

    /// <summary>The opposite of <see cref="Write"/>. Whatever it throws makes the entry a miss.</summary>
    public Func<ReadOnlyMemory<byte>, T> Read { get; init; } = bytes => JsonSerializer.Deserialize<T>(bytes.Span)!;

    /// <summary>The settings where <c>Cache:{Name}</c> says nothing.</summary>
    public Action<CacheOptions> Defaults { get; init; } = _ => { };
}
