using System.Collections.Concurrent;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;
using Polly.CircuitBreaker;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Tests.Redis;

public sealed class RedisStoreTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private DefaultsHost host = null!;
    private RedisStore store = null!;

    public async Task InitializeAsync()
    {
        host = await DefaultsHost.StartAsync(settings: ("ConnectionStrings:redis", redis.ConnectionString));
        store = host.Get<RedisStore>();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Calls_fail_at_once_while_redis_is_away_and_work_when_it_comes_goes_and_comes_again()
    {
        await AwayAsync();
        for (var i = 0; i < 2; i++)
        {
            await redis.StartAsync();
            await Eventually.TrueAsync(() => Store.State == CapabilityState.Ok);
            await Eventually.TrueAsync(async () => await AnswerAsync(db => db.StringSetAsync("key", "value")) is null);

            redis.Stop();
            await Eventually.TrueAsync(() => Store.State == CapabilityState.Away);
            await AwayAsync();
        }
    }

    [Fact]
    public async Task When_it_is_said_to_be_there_a_call_has_a_connection()
    {
        var first = new TaskCompletionSource<DependencyException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Get<Capabilities>().Changed += async (name, reading) =>
        {
            if (name == "store" && reading.State == CapabilityState.Ok)
            {
                first.TrySetResult(await AnswerAsync(db => db.StringSetAsync("key", "value")));
            }
        };

        await redis.StartAsync();

        Assert.IsNotType<RedisConnectionException>((await first.Task.SoonAsync())?.InnerException);
    }

    [Fact]
    public async Task A_call_that_redis_refuses_is_no_answer_either()
    {
        await redis.StartAsync();
        await Eventually.TrueAsync(() => store.IsConnected);
        await redis.RunAsync(db => db.StringSetAsync("text", "abc"));
        await Eventually.TrueAsync(async () => await AnswerAsync(db => db.StringIncrementAsync("text")) is { Code: "redis_unavailable", InnerException: RedisServerException });
    }

    [Fact]
    public async Task A_store_that_does_not_answer_in_time_is_away_for_this_call()
    {
        await redis.StartAsync();
        await Eventually.TrueAsync(() => store.IsConnected);
        var never = new TaskCompletionSource<bool>();
        var refused = await Assert.ThrowsAsync<DependencyException>(() => store.RunAsync(_ => never.Task, CancellationToken.None).SoonAsync());
        Assert.Equal("redis_unavailable", refused.Code);
    }

    [Fact]
    public async Task A_frozen_redis_is_soon_not_waited_for_any_more_and_is_back_without_a_restart()
    {
        await redis.StartAsync();
        await Eventually.TrueAsync(async () => Store.State == CapabilityState.Ok && await AnswerAsync(db => db.StringSetAsync("key", "value")) is null);
        redis.Freeze();
        try
        {
            await Eventually.TrueAsync(async () => await AnswerAsync(db => db.StringGetAsync("key")) is { InnerException: BrokenCircuitException });
            await Eventually.TrueAsync(() => Store.State == CapabilityState.Away && !store.IsConnected);
        }
        finally
        {
            redis.Thaw();
        }

        await Eventually.TrueAsync(() => Store.State == CapabilityState.Ok && store.IsConnected);
        await Eventually.TrueAsync(async () => await AnswerAsync(db => db.StringGetAsync("key")) is null);
    }

    [Fact]
    public async Task Subscriptions_live_through_a_restart_of_redis()
    {
        await redis.StartAsync();
        var heard = new ConcurrentQueue<string>();
        await Eventually.TrueAsync(() => store.IsConnected);
        await store.SubscribeAsync("channel", heard.Enqueue, CancellationToken.None).SoonAsync();
        await SayUntilHeardAsync("before");
        redis.Stop();
        await Eventually.TrueAsync(() => !store.IsConnected);
        await redis.StartAsync();
        await SayUntilHeardAsync("after");

        async Task SayUntilHeardAsync(string word) => await Eventually.TrueAsync(async () =>
        {
            await AnswerAsync(db => db.PublishAsync("channel", word));
            return heard.Contains(word);
        });
    }

    /// <summary>Null: the call went well.</summary>
    private async Task<DependencyException?> AnswerAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            await store.RunAsync(call, CancellationToken.None);
            return null;
        }
        catch (DependencyException e)
        {
            return e;
        }
    }

    private CapabilityReading Store => host.Get<Capabilities>().Snapshot()["store"];

    private async Task AwayAsync()
    {
        var called = false;
        var away = await Assert.ThrowsAsync<DependencyException>(() => store.RunAsync(_ => Task.FromResult(called = true), CancellationToken.None));
        Assert.Equal(("redis_unavailable", true, false), (away.Code, away.Retryable, called));
        Assert.NotNull(Store.Reason);
    }
}
