using Museum.ServiceDefaults.Caching;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

/// <summary>Values in files, shared by replicas on one host and found again after a restart.</summary>
public sealed class FileCacheTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-cache-");

    public void Dispose() => data.Delete(recursive: true);

    [Theory]
    [InlineData("text")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_value_survives_a_restart(string? value)
    {
        await KeepAsync("a", value);
        await using var later = await StartAsync();
        Assert.Equal(new Cached<string?>(true, value), await later.Cache.GetAsync(Texts.Key("a")));
        Assert.Equal(value, await later.GetAsync("a", "made again"));
        Assert.Equal(0, later.Kept.Statistics.Computations);
    }

    [Fact]
    public async Task It_can_be_weighed_without_being_fetched()
    {
        await KeepAsync("a", "text");
        await using var later = await StartAsync();
        Assert.InRange(await later.Cache.WeighAsync(Texts.Key("a")) ?? 0, 4, 1_000);
        Assert.Null(await later.Cache.WeighAsync(Texts.Key("b")));
        Assert.Equal(0, later.Kept.Count);
    }

    [Fact]
    public async Task What_spares_memory_is_in_a_file_alone_until_it_is_asked_for()
    {
        await using var host = await StartAsync();
        var text = new string('x', 2_000);
        host.Cache.Set(Texts.Key("a"), text, CacheEntryOptions.Shelved);
        await Eventually.TrueAsync(async () => await host.Cache.WeighAsync(Texts.Key("a")) is not null);
        Assert.Equal(0, host.Kept.Count);
        Assert.Equal(new Cached<string?>(true, text), await host.Cache.GetAsync(Texts.Key("a")));
        Assert.Equal(1, host.Kept.Count);
    }

    [Fact]
    public async Task It_does_not_survive_its_time()
    {
        await KeepAsync("a", "text");
        await using var later = await StartAsync();
        later.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await later.HasAsync("a"));
        Assert.Empty(Files(later));
    }

    public static TheoryData<string, Func<byte[], byte[]>> Damages => new()
    {
        { "truncated", bytes => bytes[..^1] },
        { "cut to a few bytes", bytes => bytes[..3] },
        { "empty", _ => [] },
        { "a bit turned", bytes => [.. bytes[..50], (byte)(bytes[50] ^ 1), .. bytes[51..]] },
        { "longer", bytes => [.. bytes, 0] },
        { "something else", _ => new byte[1_000] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_file_is_a_miss_and_is_deleted(string what, Func<byte[], byte[]> damage)
    {
        await KeepAsync("a", "text");
        await using var later = await StartAsync();
        var file = Assert.Single(Files(later));
        await File.WriteAllBytesAsync(file, damage(await File.ReadAllBytesAsync(file)));
        Assert.False(await later.HasAsync("a"), what);
        Assert.Empty(Files(later));
        Assert.Equal("again", await later.GetAsync("a", "again"));
        await later.WrittenAsync();
        Assert.Single(Files(later));
    }

    [Fact]
    public async Task A_value_that_its_kind_cannot_read_is_a_miss_and_is_deleted()
    {
        await KeepAsync("a", "text");
        await using var later = await CacheHost<string?>.StartAsync(
            Texts.Kind(CacheLevels.MemoryAndFiles) with { Read = _ => throw new FormatException("of another version") }, data.FullName);
        Assert.False(await later.HasAsync("a"));
        Assert.Empty(Files(later));
    }

    [Fact]
    public async Task Replicas_share_their_files()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await one.GetAsync("a", "text");
        await one.WrittenAsync();
        Assert.True(await other.HasAsync("a"));
        await other.Cache.RemoveAsync(Texts.Key("a")).SoonAsync();
        Assert.Empty(Files(one));
        // In its own memory one has it still: only a tag reaches every replica.
        Assert.True(await one.HasAsync("a"));
    }

    [Fact]
    public async Task Files_are_bounded_in_bytes_and_those_used_last_stay()
    {
        await using var host = await StartAsync(("Cache:texts:FilesMb", "0.25"), ("Cache:texts:MemoryMb", "0.001"));
        for (var i = 0; i < 100; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.GetAsync($"{i}", new string('a', 8_000));
            await host.WrittenAsync();
            // Memory is too small for any: it comes from its file each time.
            Assert.True(await host.HasAsync("0"));
            Assert.InRange(Files(host).Sum(Bytes), 0, 256 * 1_024 * 11 / 10);
        }

        Assert.True(await host.HasAsync("99"));
        Assert.False(await host.HasAsync("1"));
        Assert.True(host.Kept.Statistics.Evictions(CacheLevel.Files, EvictionReason.Size) > 50);
    }

    [Fact]
    public async Task What_memory_answers_for_is_in_use_although_its_file_is_never_read()
    {
        await using var host = await StartAsync();
        await host.GetAsync("hot", "text");
        await host.GetAsync("cold", "text");
        await host.WrittenAsync();
        host.Kept.Tidy();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.HasAsync("hot");
        host.Kept.Tidy();
        Assert.Equal(host.Clock.GetUtcNow().UtcDateTime, Files(host).Select(File.GetLastWriteTimeUtc).Max());
        Assert.Equal(2, Files(host).Select(File.GetLastWriteTimeUtc).Distinct().Count());
    }

    [Fact]
    public async Task What_a_crash_left_half_written_goes()
    {
        await KeepAsync("a", "text");
        await using var later = await StartAsync();
        var half = Files(later).Single() + ".0123456789abcdef.tmp";
        await File.WriteAllTextAsync(half, "hal");
        later.Kept.Tidy();
        Assert.True(File.Exists(half));
        File.SetLastWriteTimeUtc(half, DateTime.UtcNow - TimeSpan.FromMinutes(2));
        later.Kept.Tidy();
        Assert.False(File.Exists(half));
        Assert.Single(Files(later));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_costs_no_value()
    {
        await using var host = await StartAsync();
        var folder = host.Files;
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "in the way");
        Assert.Equal("text", await host.GetAsync("a", "text"));
        await host.WrittenAsync();
        Assert.True(await host.HasAsync("a"));
        Assert.False(await host.HasAsync("b"));
        File.Delete(folder);
    }

    private Task<CacheHost<string?>> StartAsync(params (string, string)[] settings) =>
        CacheHost<string?>.StartAsync(Texts.Kind(CacheLevels.MemoryAndFiles), data.FullName, settings: settings);

    private async Task KeepAsync(string name, string? value)
    {
        await using var before = await StartAsync();
        await before.GetAsync(name, value);
        await before.WrittenAsync();
    }

    private static long Bytes(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            // Made room for another since the folder was read.
            return 0;
        }
    }

    private static string[] Files(CacheHost<string?> host) => Directory.GetFiles(host.Files, "*", SearchOption.AllDirectories);
}
