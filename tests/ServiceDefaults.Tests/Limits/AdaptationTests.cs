using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Limits;

public sealed class AdaptationTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task While_admitted_work_hardly_waits_one_more_is_admitted_each_window()
    {
        await using var test = new LimiterUnderTest(2);
        await test.FillAsync();
        Task[] waiting = [test.AcquireAsync(), test.AcquireAsync(), test.AcquireAsync()];

        test.PassWindow(Short);
        await waiting[0].SoonAsync();
        Assert.Equal((3, 3, 2), (test.Limiter.Limit, test.Limiter.InFlight, test.Limiter.Queued));

        test.PassWindow(Short);
        Assert.Equal(4, test.Limiter.Limit);
    }

    [Fact]
    public async Task A_limit_that_nobody_reaches_does_not_grow()
    {
        await using var test = new LimiterUnderTest(2);
        test.PassWindow(Short);
        test.PassWindow(Short);
        Assert.Equal(2, test.Limiter.Limit);
    }

    [Fact]
    public async Task When_admitted_work_waits_for_threads_or_engines_less_is_admitted_but_never_less_than_one()
    {
        await using var test = new LimiterUnderTest(20);
        var limits = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            test.PassWindow(Long);
            limits.Add(test.Limiter.Limit);
        }

        Assert.Equal([14, 9, 6, 4, 2, 1, 1, 1, 1, 1], limits);
        using var lease = await test.AcquireAsync();
        Assert.True(lease.IsAcquired);
    }

    [Fact]
    public async Task A_queue_in_front_of_it_alone_does_not_lower_it()
    {
        await using var test = new LimiterUnderTest(2);
        await test.FillAsync();
        var waiting = test.AcquireAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(3));
        test.Limiter.Observe(Short);
        Assert.Equal(3, test.Limiter.Limit);
        await waiting;
    }

    [Fact]
    public async Task Rested_it_is_back_at_its_base_and_no_higher()
    {
        await using var test = new LimiterUnderTest(20);
        test.PassWindow(Long);
        test.PassWindow(Long);
        Assert.Equal(9, test.Limiter.Limit);

        test.Clock.Advance(TimeSpan.FromMinutes(1));
        test.Limiter.Observe(Short);
        Assert.Equal(20, test.Limiter.Limit);
    }

    [Fact]
    public async Task Its_bounds_follow_the_settings()
    {
        await using var test = new LimiterUnderTest(2);
        test.Set("Base", "5");
        test.Set("Min", "5");
        Assert.Equal(5, test.Limiter.Limit);
        Assert.All(await test.FillAsync(), lease => Assert.True(lease.IsAcquired));
    }
}
