using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

/// <summary>Tags: one word makes many values invalid, on every replica.</summary>
public sealed class CacheTagTests : IAsyncLifetime
{
    private static readonly CacheEntryOptions Tagged = new() { Tags = ["exhibit:mona-lisa", "model:small"] };

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

    [Fact]
    public async Task What_bears_the_tag_is_invalid_here_at_once_and_soon_elsewhere_in_memory_and_in_redis()
    {
        await one.GetAsync("tagged", "text", Tagged);
        await one.GetAsync("other", "text");
        await one.WrittenAsync();
        await Eventually.TrueAsync(async () => await other.HasAsync("tagged") && await other.HasAsync("other"));
        await one.Tags.InvalidateAsync("model:small", CancellationToken.None);
        Assert.False(await one.HasAsync("tagged"));
        await Eventually.TrueAsync(async () => !await other.HasAsync("tagged"));
        Assert.True(await one.HasAsync("other"));
        Assert.True(await other.HasAsync("other"));

        await one.GetAsync("tagged", "new text", Tagged);
        await one.WrittenAsync();
        await Eventually.TrueAsync(async () => (await other.Cache.GetAsync(Texts.Key("tagged"))).Value == "new text");
    }

    [Fact]
    public async Task What_was_begun_before_the_invalidation_does_not_hold_after_it()
    {
        var (begun, made) = (new TaskCompletionSource(), new TaskCompletionSource<string?>());
        var making = one.Cache.GetOrCreateAsync(
            Texts.Key("a"),
            _ =>
            {
                begun.SetResult();
                return made.Task;
            },
            Tagged).AsTask();
        await begun.Task.SoonAsync();
        await one.Tags.InvalidateAsync("model:small", CancellationToken.None);
        made.SetResult("from before");
        Assert.Equal("from before", await making.SoonAsync());
        Assert.False(await one.HasAsync("a"));
    }

    [Fact]
    public async Task What_was_invalidated_while_redis_was_away_is_told_when_it_is_back()
    {
        await other.GetAsync("a", "text", Tagged);
        redis.Stop();
        await Eventually.TrueAsync(() => !one.Get<RedisStore>().IsConnected);
        await one.GetAsync("a", "text", Tagged);
        await one.Tags.InvalidateAsync("model:small", CancellationToken.None).SoonAsync();
        Assert.False(await one.HasAsync("a"));
        await redis.StartAsync();
        await Eventually.TrueAsync(async () => !await other.HasAsync("a"));
    }

    [Fact]
    public async Task A_redis_that_forgot_everything_makes_nothing_valid_again()
    {
        await one.GetAsync("a", "text", Tagged);
        await one.Tags.InvalidateAsync("model:small", CancellationToken.None);
        redis.Stop();
        await redis.StartAsync();
        await using var late = await CacheHost<string?>.StartAsync(Texts.Kind(CacheLevels.MemoryAndRedis), redis: redis);
        await late.GetAsync("b", "text", Tagged);
        // It learns the generation that it could not know, and what it made without knowing goes.
        await Eventually.TrueAsync(async () => !await late.HasAsync("b"));
        Assert.False(await one.HasAsync("a"));
    }
}
