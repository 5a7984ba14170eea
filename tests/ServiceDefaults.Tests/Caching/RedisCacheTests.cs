using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Tests.Redis;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

/// <summary>Two replicas before one Redis.</summary>
public sealed class RedisCacheTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private CacheHost<string?> one = null!;
    private CacheHost<string?> other = null!;

    public async Task InitializeAsync()
    {
        await redis.StartAsync();
        one = await CacheHost<string?>.StartAsync(Texts.Kind(CacheLevels.MemoryAndRedis), redis: redis);
        other = await CacheHost<string?>.StartAsync(Texts.Kind(CacheLevels.MemoryAndRedis), redis: redis);
    }

    public async Task DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_one_replica_made_the_others_find_null_and_empty_too(string? value)
    {
        await one.GetAsync("a", value);
        await one.WrittenAsync();
        await Eventually.TrueAsync(() => other.HasAsync("a"));
        Assert.Equal(value, await other.GetAsync("a", "made again"));
        Assert.Equal(0, other.Kept.Statistics.Computations);
    }

    [Fact]
    public async Task A_value_that_comes_from_redis_lives_on_in_memory_for_what_was_left_of_its_time()
    {
        await one.GetAsync("a", "text", new() { TimeToLive = TimeSpan.FromHours(1) });
        await one.WrittenAsync();
        await redis.RunAsync(db => db.KeyExpireAsync(RedisKey("a"), TimeSpan.FromSeconds(100)));
        await Eventually.TrueAsync(() => other.HasAsync("a"));
        await redis.RunAsync(db => db.KeyDeleteAsync(RedisKey("a")));
        other.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await other.HasAsync("a"));
        other.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.False(await other.HasAsync("a"));
    }

    [Fact]
    public async Task A_stale_value_is_stale_elsewhere_too()
    {
        var options = new CacheEntryOptions { TimeToLive = TimeSpan.FromSeconds(100), StaleFor = TimeSpan.FromSeconds(100) };
        await one.GetAsync("a", "old", options);
        await one.WrittenAsync();
        await redis.RunAsync(db => db.KeyExpireAsync(RedisKey("a"), TimeSpan.FromSeconds(90)));
        await Eventually.TrueAsync(() => other.HasAsync("a"));
        Assert.Equal("old", await other.GetAsync("a", "new", options));
        await Eventually.TrueAsync(async () => await other.GetAsync("a", "newer", options) == "new");
    }

    [Theory]
    [InlineData(CachePriority.High, 1, true)]
    [InlineData(CachePriority.Normal, 1, true)]
    [InlineData(CachePriority.Low, 1_024, false)]
    [InlineData(CachePriority.Low, 1_025, true)]
    public async Task Every_value_is_in_memory_and_only_what_is_small_and_unimportant_stays_out_of_redis(CachePriority priority, int size, bool shared)
    {
        await one.GetAsync("a", new string('a', size), new() { Priority = priority });
        await one.WrittenAsync();
        Assert.True(await one.HasAsync("a"));
        Assert.Equal(shared, await redis.RunAsync(db => db.KeyExistsAsync(RedisKey("a"))));
    }

    [Fact]
    public async Task A_damaged_value_is_a_miss_and_is_replaced()
    {
        await one.GetAsync("a", "text");
        await one.WrittenAsync();
        await redis.RunAsync(db => db.StringSetRangeAsync(RedisKey("a"), 40, "x"));
        Assert.Equal("again", await other.GetAsync("a", "again"));
        Assert.Equal(1, other.Kept.Statistics.Evictions(CacheLevel.Redis, EvictionReason.Corrupt));
        await other.WrittenAsync();
        await using var third = await CacheHost<string?>.StartAsync(Texts.Kind(CacheLevels.MemoryAndRedis), redis: redis);
        await Eventually.TrueAsync(() => third.HasAsync("a"));
    }

    [Fact]
    public async Task Without_redis_values_are_made_and_kept_in_memory()
    {
        redis.Stop();
        await Eventually.TrueAsync(() => !one.Get<RedisStore>().IsConnected);
        Assert.Equal("text", await one.GetAsync("a", "text").AsTask().SoonAsync());
        Assert.Equal("text", await one.GetAsync("a", "other").AsTask().SoonAsync());
        Assert.Equal(1, one.Kept.Statistics.Requests(CacheLevel.Redis, CacheOutcome.Error));
    }

    [Fact]
    public async Task Removed_is_removed_from_redis_too()
    {
        await one.GetAsync("a", "text");
        await one.Cache.RemoveAsync(Texts.Key("a")).SoonAsync();
        Assert.False(await redis.RunAsync(db => db.KeyExistsAsync(RedisKey("a"))));
        Assert.False(await one.HasAsync("a"));
    }

    private string RedisKey(string name) => $"museum:cache:texts:{Texts.Key(name)}";
}
