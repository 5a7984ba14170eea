using Museum.ServiceDefaults.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Scheduling;

public sealed class RecurringWorkTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_is_done_at_the_start_and_again_after_each_pause_though_it_fails()
    {
        await using var test = new SchedulerUnderTest();
        var times = 0;
        using var recurring = new RecurringWork(test.Scheduler, "sweep", Every, _ =>
        {
            Interlocked.Increment(ref times);
            throw new InvalidOperationException("a bad day");
        });

        recurring.Start();
        for (var i = 1; i <= 3; i++)
        {
            await PausedAsync(test, () => times == i);
            test.Clock.Advance(Every);
        }
    }

    [Fact]
    public async Task Started_during_a_pause_it_is_done_at_once_and_only_once()
    {
        await using var test = new SchedulerUnderTest();
        var times = 0;
        using var recurring = new RecurringWork(test.Scheduler, "sweep", Every, _ =>
        {
            Interlocked.Increment(ref times);
            return Task.CompletedTask;
        });
        recurring.Start();
        await PausedAsync(test, () => times == 1);

        recurring.Start();
        await PausedAsync(test, () => times == 2);
        Assert.Equal(1, test.Meter.Sum("museum.work.waiting"));
    }

    [Fact]
    public async Task Started_while_it_runs_it_is_done_once_more_after_and_never_twice_at_a_time()
    {
        await using var test = new SchedulerUnderTest();
        var (times, now) = (0, 0);
        var leave = new TaskCompletionSource();
        using var recurring = new RecurringWork(test.Scheduler, "sweep", Every, async _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref now));
            Interlocked.Increment(ref times);
            await leave.Task;
            Interlocked.Decrement(ref now);
        });
        recurring.Start();
        await Eventually.TrueAsync(() => times == 1);

        recurring.Start();
        recurring.Start();
        leave.SetResult();

        await PausedAsync(test, () => times == 2);
        Assert.Empty(test.Logs.Lines);
    }

    [Fact]
    public async Task Its_place_is_its_own_in_a_full_channel()
    {
        await using var test = new SchedulerUnderTest(workers: 1, capacity: 1);
        test.Scheduler.Schedule("fills", _ => Task.CompletedTask, delay: TimeSpan.FromHours(1));
        var times = 0;
        using var recurring = new RecurringWork(test.Scheduler, "sweep", Every, _ =>
        {
            Interlocked.Increment(ref times);
            return Task.CompletedTask;
        });

        recurring.Start();
        await PausedAsync(test, () => times == 1);
        test.Clock.Advance(Every);
        await PausedAsync(test, () => times == 2);
    }

    [Fact]
    public async Task Work_may_tell_its_pauses_itself_and_rest_until_somebody_starts_it()
    {
        await using var test = new SchedulerUnderTest();
        var pauses = new Queue<TimeSpan>([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan, Every]);
        using var recurring = new RecurringWork(test.Scheduler, "probe", _ => Task.FromResult(pauses.Dequeue()));
        recurring.Start(TimeSpan.FromSeconds(2));
        await PausedAsync(test, () => pauses.Count == 4);
        test.Clock.Advance(TimeSpan.FromSeconds(2));
        await PausedAsync(test, () => pauses.Count == 3 && test.Clock.UntilNext == TimeSpan.FromSeconds(1));
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await PausedAsync(test, () => pauses.Count == 2 && test.Clock.UntilNext == TimeSpan.FromSeconds(4));
        test.Clock.Advance(TimeSpan.FromSeconds(4));
        await Eventually.TrueAsync(() => test.Meter.Values("museum.work.duration").Length == 3);
        Assert.Equal(0, test.Meter.Sum("museum.work.waiting"));

        recurring.Start();
        await PausedAsync(test, () => pauses.Count == 0 && test.Clock.UntilNext == Every);
    }

    [Fact]
    public async Task Disposed_it_is_not_done_again()
    {
        await using var test = new SchedulerUnderTest();
        var recurring = new RecurringWork(test.Scheduler, "sweep", Every, _ => Task.CompletedTask);
        recurring.Start();
        await PausedAsync(test, () => test.Meter.Values("museum.work.duration").Length == 1);

        recurring.Dispose();
        Assert.Equal(0, test.Meter.Sum("museum.work.waiting"));
    }

    private static Task PausedAsync(SchedulerUnderTest test, Func<bool> condition) =>
        Eventually.TrueAsync(() => condition() && test.Clock.Waiting == 1);
}
