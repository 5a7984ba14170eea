using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Tests.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

public sealed class PrefetcherTests : IAsyncLifetime
{
    private readonly SchedulerUnderTest scheduling = new(workers: 1);
    private readonly ServiceProvider provider = new ServiceCollection().AddMetrics().Configure<PrefetchOptions>(o => o.PerSecond = 20).BuildServiceProvider();
    private MeterReadings meter = null!;
    private Prefetcher prefetcher = null!;
    private int made;
    private volatile bool busy;

    public Task InitializeAsync()
    {
        var meters = provider.GetRequiredService<IMeterFactory>();
        meter = new MeterReadings(meters, CacheMetrics.MeterName);
        prefetcher = new Prefetcher(scheduling.Scheduler, provider.GetRequiredService<IOptionsMonitor<PrefetchOptions>>(), scheduling.Clock, meters, () => busy);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        meter.Dispose();
        await scheduling.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task What_is_foreseen_is_made_behind_after_everything_else()
    {
        var leave = await scheduling.OccupyAsync();
        Assert.True(Plan());
        Assert.Equal(0, made);
        var other = scheduling.Scheduler.Schedule("other", _ =>
        {
            Assert.Equal(0, made);
            return Task.CompletedTask;
        });
        leave.SetResult();
        Assert.Equal(ServiceDefaults.Scheduling.WorkOutcome.Succeeded, await other.Completion.SoonAsync());
        await Eventually.TrueAsync(() => made == 1);
    }

    [Fact]
    public async Task Under_load_it_is_dropped_before_and_after_it_waited()
    {
        var leave = await scheduling.OccupyAsync();
        Assert.True(Plan());
        busy = true;
        Assert.False(Plan());
        leave.SetResult();
        var after = scheduling.Scheduler.Schedule("after", _ => Task.CompletedTask, ServiceDefaults.Scheduling.WorkPriority.Low);
        await after.Completion.SoonAsync();
        Assert.Equal(0, made);
        Assert.Equal(1, meter.Sum("museum.cache.prefetches", "outcome=busy"));
    }

    [Fact]
    public async Task No_more_is_planned_in_a_second_than_the_budget_allows()
    {
        for (var i = 1; i <= 20; i++)
        {
            Assert.True(Plan());
            await Eventually.TrueAsync(() => made == i);
        }

        Assert.False(Plan());
        Assert.Equal(1, meter.Sum("museum.cache.prefetches", "outcome=over_budget"));
        scheduling.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Plan());
    }

    [Fact]
    public async Task No_more_than_sixteen_wait()
    {
        var leave = await scheduling.OccupyAsync();
        Assert.All(Enumerable.Range(0, 16), _ => Assert.True(Plan()));
        Assert.False(Plan());
        Assert.Equal(1, meter.Sum("museum.cache.prefetches", "outcome=full"));
        leave.SetResult();
        await Eventually.TrueAsync(() => made == 16);
        scheduling.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Plan());
    }

    private bool Plan() => prefetcher.TryPlan(_ =>
    {
        Interlocked.Increment(ref made);
        return Task.CompletedTask;
    });
}
