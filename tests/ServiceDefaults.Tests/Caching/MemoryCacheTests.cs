using Museum.ServiceDefaults.Caching;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

/// <summary>What a cache in memory keeps, for how long, and what goes first.</summary>
public sealed class MemoryCacheTests
{
    private const int Overhead = 256;

    private static readonly CacheEntryOptions High = new() { Priority = CachePriority.High };

    [Fact]
    public async Task A_value_is_made_once_and_then_found_until_its_time_is_over()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:TimeToLive", "00:01:00"));
        Assert.Equal("first", await host.GetAsync("a", "first"));
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("first", await host.GetAsync("a", "second"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("second", await host.GetAsync("a", "second"));
        Assert.Equal("third", await host.GetAsync("b", "third", new() { TimeToLive = TimeSpan.FromSeconds(5) }));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await host.HasAsync("b"));
    }

    [Fact]
    public async Task False_zero_empty_and_null_are_values()
    {
        await using var booleans = await CacheHost<bool>.StartAsync(new CacheKind<bool>("flags") { SizeOf = _ => 1 });
        await using var numbers = await CacheHost<int>.StartAsync(new CacheKind<int>("numbers") { SizeOf = _ => 4 });
        await using var texts = await CacheHost<string?>.StartAsync(Texts.Kind());
        Assert.False(await booleans.Cache.GetOrCreateAsync(Texts.Key("a"), _ => Task.FromResult(false)));
        Assert.False(await booleans.Cache.GetOrCreateAsync(Texts.Key("a"), _ => Task.FromResult(true)));
        Assert.Equal(0, await numbers.Cache.GetOrCreateAsync(Texts.Key("a"), _ => Task.FromResult(0)));
        Assert.Equal(0, await numbers.Cache.GetOrCreateAsync(Texts.Key("a"), _ => Task.FromResult(1)));
        Assert.Equal("", await texts.GetAsync("empty", ""));
        Assert.Equal("", await texts.GetAsync("empty", "more"));
        Assert.Null(await texts.GetAsync("null", null));
        Assert.Null(await texts.GetAsync("null", "more"));
        Assert.Equal(new Cached<string?>(true, null), await texts.Cache.GetAsync(Texts.Key("null")));
        Assert.Equal(default, await texts.Cache.GetAsync(Texts.Key("never")));
    }

    [Fact]
    public async Task What_says_nothing_lives_for_a_time_of_its_own_or_not_at_all()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind() with { IsNegative = string.IsNullOrEmpty }, settings: ("Cache:texts:NegativeTimeToLive", "00:00:10"));
        await host.GetAsync("nothing", "");
        await host.GetAsync("something", "text");
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await host.HasAsync("nothing"));
        Assert.True(await host.HasAsync("something"));
        await host.GetAsync("never", null, new() { NegativeTimeToLive = TimeSpan.Zero });
        Assert.False(await host.HasAsync("never"));
    }

    [Fact]
    public async Task What_may_not_be_kept_serves_who_waits_for_it_and_nobody_after()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind() with { MayKeep = text => text != "makeshift" });
        Assert.Equal("makeshift", await host.GetAsync("a", "makeshift"));
        Assert.Equal("good", await host.GetAsync("a", "good"));
        Assert.Equal("good", await host.GetAsync("a", "makeshift"));
    }

    [Fact]
    public async Task Memory_is_bounded_in_bytes_and_what_was_not_used_for_longest_goes_first()
    {
        // 64 KiB: eight values of 7,936 bytes and what each costs beside.
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:MemoryMb", "0.0625"));
        var text = new string('a', 8_192 - Overhead);
        foreach (var name in "abcdefgh")
        {
            await host.GetAsync($"{name}", text);
        }

        Assert.Equal((8, 65_536), (host.Kept.Count, host.Kept.Bytes));
        await host.GetAsync("a", "not made");
        await host.GetAsync("i", text);
        Assert.Equal((8, 65_536), (host.Kept.Count, host.Kept.Bytes));
        Assert.True(await host.HasAsync("a"));
        Assert.False(await host.HasAsync("b"));
    }

    [Fact]
    public async Task Low_priority_goes_before_normal_and_normal_before_high_however_lately_it_was_used()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:MemoryMb", "0.0625"));
        var text = new string('a', 16_384 - Overhead);
        await host.GetAsync("high", text, High);
        await host.GetAsync("normal 1", text);
        await host.GetAsync("normal 2", text);
        await host.GetAsync("low", text, CacheEntryOptions.Foreseen);
        await host.GetAsync("normal 3", text);
        Assert.Equal((true, true, true, true, false), await ThereAsync());
        await host.GetAsync("normal 4", text);
        Assert.Equal((true, false, true, true, false), await ThereAsync());

        // Among what is dearer, a low one does not even stay.
        await host.GetAsync("low", text, CacheEntryOptions.Foreseen);
        Assert.False(await host.HasAsync("low"));

        async Task<(bool, bool, bool, bool, bool)> ThereAsync() =>
            (await host.HasAsync("high"), await host.HasAsync("normal 1"), await host.HasAsync("normal 2"), await host.HasAsync("normal 3"), await host.HasAsync("low"));
    }

    [Fact]
    public async Task What_was_foreseen_is_normal_as_soon_as_somebody_asks_for_it()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:MemoryMb", "0.0625"));
        var text = new string('a', 16_384 - Overhead);
        await host.GetAsync("foreseen", text, CacheEntryOptions.Foreseen);
        await host.GetAsync("foreseen", "not made");
        for (var i = 1; i <= 3; i++)
        {
            await host.GetAsync($"low {i}", text, CacheEntryOptions.Foreseen);
        }

        await host.GetAsync("high", text, High);
        Assert.True(await host.HasAsync("foreseen"));
        Assert.False(await host.HasAsync("low 1"));
    }

    [Fact]
    public async Task A_value_that_would_drive_out_too_much_else_is_not_kept_in_memory()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:MemoryMb", "0.0625"));
        await host.GetAsync("large", new string('a', 16_385 - Overhead));
        await host.GetAsync("said to be large", "a", new() { Size = 20_000 });
        Assert.Equal((0, 0), (host.Kept.Count, host.Kept.Bytes));
    }

    [Fact]
    public async Task A_stale_value_is_given_out_at_once_and_made_anew_once_behind()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: [("Cache:texts:TimeToLive", "00:01:00"), ("Cache:texts:StaleFor", "00:01:00")]);
        await host.GetAsync("a", "old");
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        var news = new TaskCompletionSource<string?>();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("old", await host.Cache.GetOrCreateAsync(Texts.Key("a"), _ => news.Task));
        }

        news.SetResult("new");
        await Eventually.TrueAsync(async () => (await host.Cache.GetAsync(Texts.Key("a"))).Value == "new");
        Assert.Equal(2, host.Kept.Statistics.Computations);
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("new", await host.GetAsync("a", "newer"));
    }

    [Fact]
    public async Task A_stale_value_outlives_a_failure_to_renew_it_but_not_its_last_moment()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: [("Cache:texts:TimeToLive", "00:01:00"), ("Cache:texts:StaleFor", "00:01:00")]);
        await host.GetAsync("a", "old");
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        var failed = new TaskCompletionSource();
        Assert.Equal("old", await host.Cache.GetOrCreateAsync(Texts.Key("a"), async _ =>
        {
            failed.SetResult();
            await Task.Yield();
            throw new InvalidOperationException("away");
        }));
        await failed.Task.SoonAsync();
        Assert.Equal("old", (await host.Cache.GetAsync(Texts.Key("a"))).Value);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(await host.HasAsync("a"));
    }

    [Fact]
    public async Task What_fails_is_told_to_all_who_wait_and_not_kept()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind());
        var away = new TaskCompletionSource<string?>();
        var both = Enumerable.Range(0, 2).Select(_ => host.Cache.GetOrCreateAsync(Texts.Key("a"), _ => away.Task).AsTask()).ToArray();
        away.SetException(new InvalidOperationException("away"));
        foreach (var one in both)
        {
            Assert.Equal("away", (await Assert.ThrowsAsync<InvalidOperationException>(() => one.SoonAsync())).Message);
        }

        Assert.Equal("back", await host.GetAsync("a", "back"));
    }

    [Fact]
    public async Task What_was_removed_is_not_brought_back_by_who_was_making_it()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind());
        var (begun, made) = (new TaskCompletionSource(), new TaskCompletionSource<string?>());
        var making = host.Cache.GetOrCreateAsync(Texts.Key("a"), _ =>
        {
            begun.SetResult();
            return made.Task;
        }).AsTask();
        await begun.Task.SoonAsync();
        await host.Cache.RemoveAsync(Texts.Key("a"));
        made.SetResult("old");
        Assert.Equal("old", await making.SoonAsync());
        Assert.False(await host.HasAsync("a"));
    }

    [Fact]
    public async Task Under_pressure_half_goes_the_expired_first_then_low_priority()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind());
        var text = new string('a', 1_024 - Overhead);
        await host.GetAsync("expired", text, High with { TimeToLive = TimeSpan.FromSeconds(1) });
        await host.GetAsync("low", text, CacheEntryOptions.Foreseen);
        await host.GetAsync("normal", text);
        await host.GetAsync("high", text, High);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2_048, host.Kept.Halve());
        Assert.Equal((false, true, true), (await host.HasAsync("low"), await host.HasAsync("normal"), await host.HasAsync("high")));
        Assert.Equal(1_024, host.Kept.Halve());
        Assert.Equal((false, true), (await host.HasAsync("normal"), await host.HasAsync("high")));
    }

    [Fact]
    public async Task What_nobody_reads_any_more_is_tidied_away()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:TimeToLive", "00:00:10"));
        await Eventually.TrueAsync(() => host.Clock.Waiting > 0);
        await host.GetAsync("a", "text");
        await Eventually.TrueAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(30));
            return host.Kept.Count == 0;
        });
        Assert.Equal((0, 1), (host.Kept.Bytes, host.Kept.Statistics.Evictions(CacheLevel.Memory, EvictionReason.Expired)));
    }

    [Fact]
    public async Task Settings_change_while_it_runs()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind());
        var text = new string('a', 8_192 - Overhead);
        foreach (var name in "abcdefgh")
        {
            await host.GetAsync($"{name}", text);
        }

        host.Set("Cache:texts:MemoryMb", "0.03125");
        host.Kept.Tidy();
        Assert.Equal((4, 32_768), (host.Kept.Count, host.Kept.Bytes));
        host.Set("Cache:texts:Enabled", "false");
        await host.GetAsync("z", "text");
        Assert.Equal("other", await host.GetAsync("z", "other"));
        Assert.Equal("other", await host.GetAsync("h", "other"));
    }

    [Theory]
    [InlineData("Cache:texts:MemoryMb", "0")]
    [InlineData("Cache:texts:TimeToLive", "00:00:00")]
    public async Task A_setting_that_makes_no_sense_stops_the_service_at_its_start_and_is_named(string key, string value)
    {
        var e = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => CacheHost<string?>.StartAsync(Texts.Kind(), settings: (key, value)).SoonAsync());
        Assert.Contains(key.Split(':')[^1], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hits_misses_computations_and_evictions_are_counted_by_kind_and_level()
    {
        await using var host = await CacheHost<string?>.StartAsync(Texts.Kind(), settings: ("Cache:texts:MemoryMb", "0.0625"));
        using var meter = host.Meter(CacheMetrics.MeterName);
        await host.GetAsync("a", "text");
        await host.GetAsync("a", "text");
        await host.GetAsync("a", "text");
        Assert.Equal(2, meter.Observe("museum.cache.requests", "kind=texts", "level=memory", "outcome=hit"));
        Assert.Equal(1, meter.Observe("museum.cache.requests", "level=memory", "outcome=miss"));
        Assert.Equal(1, meter.Observe("museum.cache.computations"));
        Assert.Equal(4 + Overhead, meter.Observe("museum.cache.size"));
        Assert.Equal(1, meter.Observe("museum.cache.entries"));
        for (var i = 0; i < 4; i++)
        {
            await host.GetAsync($"{i}", new string('a', 16_384 - Overhead));
        }

        Assert.Equal(1, meter.Observe("museum.cache.evictions", "kind=texts", "level=memory", "reason=size"));
    }
}
