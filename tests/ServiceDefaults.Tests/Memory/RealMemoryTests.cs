using System.Globalization;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Tests.Caching;

namespace Museum.ServiceDefaults.Tests.Memory;

/// <summary>Real allocations, real readings. Runs alone: the memory of the process is what it is about.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealMemoryTests
{
    private const string Name = "memory";
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task A_process_whose_caches_grow_beyond_its_limit_gives_the_memory_back()
    {
        // 400 MB of values, whose pages are all touched.
        var kind = new CacheKind<byte[]>("blocks") { SizeOf = block => block.Length, Defaults = o => o.MemoryMb = 1_024 };
        await using var host = await CacheHost<byte[]>.StartAsync(kind);
        for (var i = 0; i < 400; i++)
        {
            await host.Cache.GetOrCreateAsync(Texts.Key($"{i}"), _ =>
            {
                var block = new byte[Megabyte];
                Array.Fill(block, (byte)1);
                return Task.FromResult(block);
            });
        }

        // The limit is such that this is too much, and half of the values would be enough: with some 50 MB to spare on every side, for what
        // the runtime and the tests before this one still do with the process's memory. Of the 2 GB that it may be by now, shares must be
        // told to the last digit: a lower one that is not below the upper one is refused, and the default stays in force.
        // What is only garbage goes now, or it would go just before the guard looks.
        host.Get<IWatchedMemory>().Collect();
        var full = Environment.WorkingSet / Megabyte;
        var limit = full - 40;
        host.Set("Memory:HighRatio", "1");
        host.Set("Memory:LowRatio", string.Create(CultureInfo.InvariantCulture, $"{(full - 100) / (double)limit:F6}"));
        host.Set("Memory:LimitMb", $"{limit}");
        var guard = host.Get<MemoryGuard>();
        guard.Look();
        Assert.InRange(host.Kept.Bytes, 190L * Megabyte, 201L * Megabyte);
        Assert.InRange(Environment.WorkingSet / Megabyte, 0, full - 150);
        guard.Look();
        Assert.False(guard.IsShort);
    }

    [Fact]
    public async Task Without_a_limit_of_its_own_the_containers_or_machines_memory_counts()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind());
        var memory = host.Get<IWatchedMemory>();
        memory.Collect();
        var reading = memory.Read();
        Assert.InRange(reading.Limit, 64L * Megabyte, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Assert.InRange(reading.Used, Megabyte, reading.Limit);
    }
}
