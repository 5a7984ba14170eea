using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Pools;

public sealed class PoolFailureTests
{
    private static readonly DependencyException Missing = new("engine_missing", "The engine is not installed.");

    [Fact]
    public async Task A_start_whose_engine_cannot_be_made_does_not_fail_and_it_is_tried_again_with_growing_pauses()
    {
        await using var test = new PoolUnderTest(min: 1);
        test.Engines.Failure = Missing;
        await test.Pool.StartAsync(default);

        var attempts = 1;
        foreach (var pause in new[] { 0.5, 1, 2, 4, 5, 5 })
        {
            await Eventually.TrueAsync(() => test.Clock.Waiting == 1);
            Assert.Equal(attempts, test.Engines.Attempts);
            test.Clock.Advance(TimeSpan.FromSeconds(pause - 0.1));
            Assert.Equal(1, test.Clock.Waiting);
            test.Clock.Advance(TimeSpan.FromSeconds(0.1));
            attempts++;
            await Eventually.TrueAsync(() => test.Engines.Attempts == attempts);
        }

        await Eventually.TrueAsync(() => test.Clock.Waiting == 1);
        test.Engines.Failure = null;
        test.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => test.Pool.Total == 1);
        Assert.Contains(test.Logs.Lines, line => line.Contains("None could be made for the pool engines"));
    }

    [Fact]
    public async Task While_there_is_none_all_are_told_why_at_once()
    {
        await using var test = new PoolUnderTest();
        var gate = new TaskCompletionSource();
        (test.Engines.Failure, test.Engines.Gate) = (Missing, gate.Task);
        Task[] waiting = [test.RentAsync(), test.RentAsync(), test.RentAsync()];
        gate.SetResult();

        foreach (var one in waiting)
        {
            Assert.Same(Missing, await Assert.ThrowsAsync<DependencyException>(() => one));
        }

        var attempts = test.Engines.Attempts;
        Assert.Same(Missing, await Assert.ThrowsAsync<DependencyException>(() => test.RentAsync()));
        Assert.Equal(attempts, test.Engines.Attempts);
    }

    [Fact]
    public async Task While_there_are_others_who_waits_waits_for_them_though_no_more_can_be_made()
    {
        await using var test = new PoolUnderTest(max: 2);
        var lease = await test.RentAsync();
        test.Engines.Failure = Missing;
        var waiting = test.RentAsync();
        await Eventually.TrueAsync(() => test.Engines.Attempts == 2);

        await lease.DisposeAsync();

        await using var mine = await waiting;
        Assert.Equal(1, mine.Value.Number);
    }

    [Fact]
    public async Task A_probe_says_why_there_is_none_and_nothing_when_there_is()
    {
        await using var test = new PoolUnderTest();
        test.Engines.Failure = Missing;
        Assert.Same(Missing, await test.Pool.ProbeAsync(default));

        test.Engines.Failure = null;
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await test.Pool.ProbeAsync(default));
    }

    [Fact]
    public async Task A_broken_one_is_ended_and_another_made_in_its_place()
    {
        await using var test = new PoolUnderTest(min: 1, max: 1);
        var lease = await test.RentAsync();
        var waiting = test.RentAsync();

        lease.Discard();
        await lease.DisposeAsync();

        await using var next = await waiting;
        Assert.Equal((2, 1), (next.Value.Number, test.Engines.Living));
    }

    [Fact]
    public async Task One_that_died_while_idle_is_not_given_out()
    {
        await using var test = new PoolUnderTest(max: 1);
        var lease = await test.RentAsync();
        var engine = lease.Value;
        await lease.DisposeAsync();
        engine.Alive = false;

        await using var next = await test.RentAsync();
        Assert.Equal(2, next.Value.Number);
        await Eventually.TrueAsync(() => engine.Ended);
    }

    [Fact]
    public async Task Many_who_rent_break_and_give_up_at_once_never_share_one_and_lose_none()
    {
        await using var test = new PoolUnderTest(max: 4, waiting: 1_000);
        var served = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var caller = new CancellationTokenSource();
            var renting = test.Pool.RentAsync(caller.Token);
            if (i % 11 == 0)
            {
                await caller.CancelAsync();
            }

            try
            {
                await using var lease = await renting;
                await lease.Value.UseAsync();
                Interlocked.Increment(ref served);
                if (i % 13 == 0)
                {
                    lease.Discard();
                }
            }
            catch (OperationCanceledException) when (caller.IsCancellationRequested)
            {
            }
        });

        Assert.True(served >= 20_000 - (20_000 / 11) - 1);
        Assert.Equal((0, 0), (test.Pool.Active, test.Pool.Waiting));
        Assert.InRange(test.Pool.Peak, 1, 4);
        await Eventually.TrueAsync(() => test.Pool.Total == test.Engines.Living);
    }
}
