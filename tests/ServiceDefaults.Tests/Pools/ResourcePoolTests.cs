using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Pools;

public sealed class ResourcePoolTests
{
    [Fact]
    public async Task The_minimum_is_made_in_the_background_and_the_start_does_not_wait_for_it()
    {
        await using var test = new PoolUnderTest(min: 2, max: 4);
        var gate = new TaskCompletionSource();
        test.Engines.Gate = gate.Task;

        await test.Pool.StartAsync(default).SoonAsync();
        Assert.Equal(0, test.Pool.Total);

        gate.SetResult();
        await Eventually.TrueAsync(() => test.Pool.Total == 2);
        await using var lease = await test.RentAsync();
        Assert.Equal(2, test.Engines.Attempts);
    }

    [Fact]
    public async Task It_grows_at_once_while_below_its_maximum()
    {
        await using var test = new PoolUnderTest(max: 3);

        var leases = new[] { await test.RentAsync(), await test.RentAsync(), await test.RentAsync() };

        Assert.Equal(3, leases.Select(l => l.Value.Number).Distinct().Count());
        Assert.Equal((3, 3), (test.Pool.Total, test.Pool.Active));
    }

    [Fact]
    public async Task What_was_given_back_is_used_again()
    {
        await using var test = new PoolUnderTest();
        await (await test.RentAsync()).DisposeAsync();
        await using var again = await test.RentAsync();
        Assert.Equal((1, 1), (again.Value.Number, test.Engines.Attempts));
    }

    [Fact]
    public async Task Who_waits_is_served_first_come_first_served()
    {
        await using var test = new PoolUnderTest(max: 1);
        var lease = await test.RentAsync();
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 20).Select(i => UseAsync(i, test.Pool.RentAsync(default))).ToArray();
        Assert.Equal(20, test.Pool.Waiting);

        await lease.DisposeAsync();
        await Task.WhenAll(waiting).SoonAsync();

        Assert.Equal(Enumerable.Range(0, 20), order);

        async Task UseAsync(int i, ValueTask<PoolLease<TestEngine>> renting)
        {
            await using var mine = await renting;
            order.Add(i);
        }
    }

    [Fact]
    public async Task Who_waits_takes_what_comes_back_before_the_new_one_is_made()
    {
        await using var test = new PoolUnderTest(max: 2);
        var first = await test.RentAsync();
        var gate = new TaskCompletionSource();
        test.Engines.Gate = gate.Task;
        var waiting = test.RentAsync();
        await Eventually.TrueAsync(() => test.Engines.Attempts == 2);

        await first.DisposeAsync();

        await using var second = await waiting;
        Assert.Equal(1, second.Value.Number);
        gate.SetResult();
        await Eventually.TrueAsync(() => test.Pool.Total == 2);
    }

    [Fact]
    public async Task When_none_becomes_free_in_time_it_is_exhausted_and_says_when_to_come_back()
    {
        await using var test = new PoolUnderTest(max: 1);
        await using var lease = await test.RentAsync();
        var waiting = test.RentAsync();

        test.Clock.Advance(TimeSpan.FromSeconds(10));

        var refused = await Assert.ThrowsAsync<ResourceException>(() => waiting);
        Assert.Equal("pool_exhausted", refused.Code);
        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 1, 30);
        Assert.Equal(0, test.Pool.Waiting);
        Assert.Equal(1, test.Meter.Sum("museum.pool.exhausted", "pool=engines"));
    }

    [Fact]
    public async Task Those_who_come_when_too_many_wait_are_refused_at_once()
    {
        await using var test = new PoolUnderTest(max: 1, waiting: 1);
        var lease = await test.RentAsync();
        var waiting = test.RentAsync();

        Assert.Equal("pool_exhausted", (await Assert.ThrowsAsync<ResourceException>(() => test.RentAsync())).Code);

        await lease.DisposeAsync();
        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task When_to_come_back_follows_how_long_they_are_used()
    {
        await using var test = new PoolUnderTest(max: 1, waiting: 0);
        var lease = await test.RentAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(12));
        await lease.DisposeAsync();
        await using var next = await test.RentAsync();

        Assert.Equal(TimeSpan.FromSeconds(12), (await Assert.ThrowsAsync<ResourceException>(() => test.RentAsync())).RetryAfter);
    }

    [Fact]
    public async Task Given_back_twice_it_counts_once_and_what_was_given_back_is_out_of_reach()
    {
        await using var test = new PoolUnderTest(max: 1);
        var lease = await test.RentAsync();
        await lease.DisposeAsync();
        await lease.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => lease.Value);
        await using var other = await test.RentAsync();
        await lease.DisposeAsync();
        Assert.Equal(1, test.Pool.Active);
    }

    [Fact]
    public async Task Idle_ones_are_given_up_down_to_the_minimum()
    {
        await using var test = new PoolUnderTest(min: 1, max: 3);
        PoolLease<TestEngine>[] leases = [await test.RentAsync(), await test.RentAsync(), await test.RentAsync()];
        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }

        test.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(3, test.Pool.Total);

        await (await test.RentAsync()).DisposeAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => test.Pool.Total == 1);
        Assert.Equal(1, test.Engines.Living);

        test.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, test.Pool.Total);
    }

    [Fact]
    public async Task A_pool_of_its_minimum_sets_no_timer()
    {
        await using var test = new PoolUnderTest(min: 1, max: 3);
        await (await test.RentAsync()).DisposeAsync();
        // The wait's own time-out is over with the wait.
        await Eventually.TrueAsync(() => test.Clock.Waiting == 0);
    }

    [Fact]
    public async Task One_who_gives_up_leaves_the_queue_and_nothing_is_lost()
    {
        await using var test = new PoolUnderTest(max: 1);
        var lease = await test.RentAsync();
        using var caller = new CancellationTokenSource();
        var impatient = test.RentAsync(caller.Token);
        var patient = test.RentAsync();

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await lease.DisposeAsync();

        await (await patient).DisposeAsync();
        Assert.Equal((1, 0), (test.Pool.Total, test.Pool.Active));
    }

    [Fact]
    public async Task Its_size_follows_the_settings()
    {
        await using var test = new PoolUnderTest(max: 1);
        var first = await test.RentAsync();
        var waiting = test.RentAsync();
        test.Set("Max", "2");
        var second = await waiting;

        test.Set("Max", "1");
        await first.DisposeAsync();
        await second.DisposeAsync();
        Assert.Equal(1, test.Engines.Living);
    }

    [Fact]
    public async Task Closed_it_ends_what_is_idle_refuses_who_waits_and_ends_what_is_in_use_when_it_comes_back()
    {
        var test = new PoolUnderTest(max: 2);
        await using var one = await test.RentAsync();
        var two = await test.RentAsync();
        var waiting = test.RentAsync();
        await test.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(2, test.Engines.Living);
        await two.DisposeAsync();
        Assert.True(test.Engines.Made.Last().Ended);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.RentAsync());
    }

    [Fact]
    public async Task It_tells_how_many_there_are_are_in_use_were_in_use_and_are_waited_for()
    {
        await using var test = new PoolUnderTest(max: 2);
        var one = await test.RentAsync();
        await (await test.RentAsync()).DisposeAsync();
        await using var two = await test.RentAsync();
        var waiting = test.RentAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(3));
        await one.DisposeAsync();
        await using var three = await waiting;

        Assert.Equal([0, 0, 0, 3], test.Meter.Values("museum.pool.wait", "pool=engines").Order());
        Assert.Equal(2, test.Meter.Sum("museum.pool.created", "pool=engines"));
        await three.DisposeAsync();
        Assert.Equal(2, test.Meter.Observe("museum.pool.size", "pool=engines"));
        Assert.Equal(1, test.Meter.Observe("museum.pool.active", "pool=engines"));
        Assert.Equal(2, test.Meter.Observe("museum.pool.peak", "pool=engines"));
        Assert.Equal(0, test.Meter.Observe("museum.pool.waiting", "pool=engines"));
    }
}
