using System.Threading.RateLimiting;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Limits;

public sealed class AdaptiveLimiterTests
{
    [Fact]
    public async Task So_many_are_admitted_at_once_and_the_next_when_one_is_done()
    {
        await using var test = new LimiterUnderTest(atOnce: 2);
        var leases = await test.FillAsync();
        var third = test.AcquireAsync();
        Assert.Equal((2, 1), (test.Limiter.InFlight, test.Limiter.Queued));

        leases[0].Dispose();

        Assert.True((await third).IsAcquired);
        Assert.Equal((2, 0), (test.Limiter.InFlight, test.Limiter.Queued));
    }

    [Fact]
    public async Task It_limits_what_is_done_at_once_not_how_often()
    {
        await using var test = new LimiterUnderTest(atOnce: 1);
        for (var i = 0; i < 1_000; i++)
        {
            using var lease = await test.AcquireAsync();
            Assert.True(lease.IsAcquired);
        }
    }

    [Fact]
    public async Task A_session_with_many_requests_delays_anothers_first_by_one()
    {
        await using var test = new LimiterUnderTest(1, ("Queue", "40"));
        var lease = await test.AcquireAsync();
        var order = new List<string>();
        List<Task> waiting = [.. Enumerable.Range(0, 10).Select(_ => WorkAsync("greedy"))];
        waiting.AddRange([WorkAsync("modest"), WorkAsync("modest"), WorkAsync("other")]);

        lease.Dispose();
        await Task.WhenAll(waiting).SoonAsync();

        Assert.Equal(["greedy", "modest", "other", "greedy", "modest", "greedy"], order.Take(6));

        async Task WorkAsync(string session)
        {
            using var mine = await test.AcquireAsync(session);
            order.Add(session);
        }
    }

    [Fact]
    public async Task One_session_cannot_take_the_whole_queue()
    {
        await using var test = new LimiterUnderTest(1, ("Queue", "8"));
        using var lease = await test.AcquireAsync();
        var (first, second) = (test.AcquireAsync("greedy"), test.AcquireAsync("greedy"));

        Assert.False((await test.AcquireAsync("greedy")).IsAcquired);
        Assert.False(test.AcquireAsync("modest").IsCompleted);
        Assert.False(first.IsCompleted || second.IsCompleted);
    }

    [Fact]
    public async Task A_refusal_says_when_to_come_back_by_how_long_requests_take()
    {
        await using var test = new LimiterUnderTest(1, ("Queue", "0"));
        var lease = await test.AcquireAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(7));
        lease.Dispose();
        using var next = await test.AcquireAsync();

        var refused = await test.AcquireAsync();

        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(7), retryAfter);
        Assert.Equal(1, test.Meter.Sum("museum.limit.refused", "limit=chat"));
    }

    [Fact]
    public async Task Who_waits_too_long_is_refused_and_who_gives_up_leaves_the_queue()
    {
        await using var test = new LimiterUnderTest(1);
        using var lease = await test.AcquireAsync();
        using var caller = new CancellationTokenSource();
        var impatient = test.AcquireAsync("a", caller.Token);
        var patient = test.AcquireAsync("b");

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(1, test.Limiter.Queued);

        test.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False((await patient).IsAcquired);
        Assert.Equal(0, test.Limiter.Queued);
    }

    [Fact]
    public async Task A_lease_disposed_twice_counts_once()
    {
        await using var test = new LimiterUnderTest(2);
        var lease = await test.AcquireAsync();
        using var other = await test.AcquireAsync();
        lease.Dispose();
        lease.Dispose();
        Assert.Equal(1, test.Limiter.InFlight);
    }

    [Fact]
    public async Task It_tells_its_value_what_is_in_flight_queued_and_how_long_that_waited()
    {
        await using var test = new LimiterUnderTest(2);
        var leases = await test.FillAsync();
        var waiting = test.AcquireAsync();
        Assert.Equal(2, test.Meter.Observe("museum.limit.value", "limit=chat"));
        Assert.Equal(2, test.Meter.Observe("museum.limit.in_flight", "limit=chat"));
        Assert.Equal(1, test.Meter.Observe("museum.limit.queued", "limit=chat"));

        test.Clock.Advance(TimeSpan.FromMilliseconds(250));
        leases[0].Dispose();
        (await waiting).Dispose();
        Assert.Equal([0.25], test.Meter.Values("museum.limit.wait", "limit=chat"));
        Assert.Equal(3, test.Limiter.GetStatistics("a").TotalSuccessfulLeases);
    }

    [Fact]
    public async Task Many_at_once_are_never_more_than_the_limit_and_nobody_is_forgotten()
    {
        await using var test = new LimiterUnderTest(4, ("Queue", "10000"), ("Max", "4"));
        var (now, most, done) = (0, 0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var caller = new CancellationTokenSource();
            var acquiring = test.Limiter.AcquireAsync($"session {i % 10}", 1, caller.Token);
            if (i % 9 == 0)
            {
                await caller.CancelAsync();
            }

            try
            {
                using var lease = await acquiring;
                Assert.True(lease.IsAcquired);
                var at = Interlocked.Increment(ref now);
                most = Math.Max(most, at);
                await Task.Yield();
                Interlocked.Decrement(ref now);
                Interlocked.Increment(ref done);
            }
            catch (OperationCanceledException) when (caller.IsCancellationRequested)
            {
            }
        });

        Assert.InRange(most, 1, 4);
        Assert.True(done >= 20_000 - (20_000 / 9) - 1);
        Assert.Equal((0, 0), (test.Limiter.InFlight, test.Limiter.Queued));
    }
}
