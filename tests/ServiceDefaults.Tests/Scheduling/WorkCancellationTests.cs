using Museum.ServiceDefaults.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Scheduling;

public sealed class WorkCancellationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waiting_work_ends_as_cancelled_at_once_by_its_id_or_its_token(bool byId)
    {
        await using var test = new SchedulerUnderTest(workers: 1);
        var leave = await test.OccupyAsync();
        using var caller = new CancellationTokenSource();
        var ready = test.Scheduler.Schedule("ready", _ => Task.CompletedTask, cancellationToken: caller.Token);
        var delayed = test.Scheduler.Schedule("delayed", _ => Task.CompletedTask, delay: TimeSpan.FromHours(1), cancellationToken: caller.Token);

        if (byId)
        {
            Assert.True(test.Scheduler.Cancel(ready.Id));
            Assert.True(test.Scheduler.Cancel(delayed.Id));
        }
        else
        {
            await caller.CancelAsync();
        }

        Assert.Equal([WorkOutcome.Cancelled, WorkOutcome.Cancelled], await Task.WhenAll(ready.Completion, delayed.Completion).SoonAsync());
        Assert.False(test.Scheduler.Cancel(ready.Id));
        leave.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Running_work_is_told_by_its_token(bool byId)
    {
        await using var test = new SchedulerUnderTest();
        using var caller = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var ticket = test.Scheduler.Schedule(
            "endless",
            ct =>
            {
                begun.SetResult();
                return Task.Delay(Timeout.Infinite, ct);
            },
            cancellationToken: caller.Token);
        await begun.Task.SoonAsync();

        if (byId)
        {
            Assert.True(test.Scheduler.Cancel(ticket.Id));
        }
        else
        {
            await caller.CancelAsync();
        }

        Assert.Equal(WorkOutcome.Cancelled, await ticket.Completion.SoonAsync());
    }

    [Fact]
    public async Task A_token_cancelled_before_keeps_the_work_from_beginning()
    {
        await using var test = new SchedulerUnderTest();
        var ticket = test.Scheduler.Schedule("never", _ => throw new InvalidOperationException(), cancellationToken: new CancellationToken(true));
        Assert.Equal(WorkOutcome.Cancelled, await ticket.Completion.SoonAsync());
    }

    [Fact]
    public async Task At_the_stop_what_waits_is_dropped_and_what_runs_may_end()
    {
        await using var test = new SchedulerUnderTest(workers: 1);
        var leave = await test.OccupyAsync();
        var waiting = test.Scheduler.Schedule("waiting", _ => Task.CompletedTask);

        var stopping = test.Scheduler.StopAsync(CancellationToken.None);
        Assert.Equal(WorkOutcome.Cancelled, await waiting.Completion.SoonAsync());
        Assert.Equal(WorkOutcome.Cancelled, await test.Scheduler.Schedule("late", _ => Task.CompletedTask).Completion.SoonAsync());
        Assert.False(stopping.IsCompleted);

        leave.SetResult();
        await stopping.SoonAsync();
    }

    [Fact]
    public async Task What_does_not_end_within_the_grace_is_cancelled_and_awaited()
    {
        await using var test = new SchedulerUnderTest();
        var begun = new TaskCompletionSource();
        var endless = test.Scheduler.Schedule("endless", ct =>
        {
            begun.SetResult();
            return Task.Delay(Timeout.Infinite, ct);
        });
        await begun.Task.SoonAsync();

        var stopping = test.Scheduler.StopAsync(CancellationToken.None);
        Assert.False(endless.Completion.IsCompleted);
        test.Clock.Advance(TimeSpan.FromSeconds(2));

        await stopping.SoonAsync();
        Assert.Equal(WorkOutcome.Cancelled, await endless.Completion.SoonAsync());
    }

    [Fact]
    public async Task Told_to_stop_by_two_it_stops_once_and_after_its_end_a_stop_is_nothing()
    {
        await using var test = new SchedulerUnderTest(workers: 1);
        var leave = await test.OccupyAsync();
        var (first, second) = (test.Scheduler.StopAsync(CancellationToken.None), test.Scheduler.StopAsync(CancellationToken.None));
        Assert.False(first.IsCompleted || second.IsCompleted);

        leave.SetResult();
        await Task.WhenAll(first, second).SoonAsync();
        test.Scheduler.Dispose();
        await test.Scheduler.StopAsync(CancellationToken.None).SoonAsync();
    }
}
