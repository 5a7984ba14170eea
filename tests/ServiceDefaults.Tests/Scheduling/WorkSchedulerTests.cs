using System.Collections.Concurrent;
using System.Diagnostics;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Scheduling;

public sealed class WorkSchedulerTests
{
    [Fact]
    public async Task Work_is_done_at_once_and_its_ticket_tells_how_it_ended()
    {
        await using var test = new SchedulerUnderTest();

        Assert.Equal(WorkOutcome.Succeeded, await test.Scheduler.Schedule("work", _ => Task.CompletedTask).Completion.SoonAsync());
        Assert.Single(test.Meter.Values("museum.work.duration", "work=work", "outcome=succeeded"));
    }

    [Fact]
    public async Task What_throws_is_logged_and_counted_and_the_next_work_is_done()
    {
        await using var test = new SchedulerUnderTest(workers: 1);

        Assert.Equal(WorkOutcome.Failed, await test.Scheduler.Schedule("broken", _ => throw new InvalidOperationException("defect")).Completion.SoonAsync());
        Assert.Equal(WorkOutcome.Succeeded, await test.Scheduler.Schedule("sound", _ => Task.CompletedTask).Completion.SoonAsync());

        Assert.Contains(test.Logs.Lines, line => line.Contains("Background work broken failed") && line.Contains("defect"));
        Assert.Single(test.Meter.Values("museum.work.duration", "work=broken", "outcome=failed"));
    }

    [Fact]
    public async Task Delayed_work_is_done_when_it_is_due_and_equal_times_keep_the_order_of_scheduling()
    {
        await using var test = new SchedulerUnderTest(workers: 1);
        var done = new ConcurrentQueue<string>();
        var tickets = new[] { ("later", 20), ("first", 10), ("second", 10), ("third", 10) }
            .Select(w => test.Scheduler.Schedule(w.Item1, Note(w.Item1), delay: TimeSpan.FromSeconds(w.Item2))).ToArray();

        test.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await test.Scheduler.Schedule("now", Note("now")).Completion.SoonAsync();
        Assert.Equal(["now"], done);

        test.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await tickets[3].Completion.SoonAsync();
        Assert.Equal(["now", "first", "second", "third"], done);

        test.Clock.Advance(TimeSpan.FromSeconds(10));
        await tickets[0].Completion.SoonAsync();
        Assert.Equal("later", done.Last());

        Func<CancellationToken, Task> Note(string name) => _ =>
        {
            done.Enqueue(name);
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task Delayed_work_of_high_priority_holds_up_nothing_of_lower()
    {
        await using var test = new SchedulerUnderTest(workers: 1);
        var high = test.Scheduler.Schedule("high", _ => Task.CompletedTask, WorkPriority.High, TimeSpan.FromMinutes(1));

        Assert.Equal(WorkOutcome.Succeeded, await test.Scheduler.Schedule("low", _ => Task.CompletedTask, WorkPriority.Low).Completion.SoonAsync());
        Assert.False(high.Completion.IsCompleted);
    }

    [Fact]
    public async Task High_goes_first_and_yet_low_gets_every_eighth_turn()
    {
        await using var test = new SchedulerUnderTest(workers: 1);
        var leave = await test.OccupyAsync();
        var done = new ConcurrentQueue<WorkPriority>();
        WorkTicket[] tickets = [.. new[] { WorkPriority.Low, WorkPriority.Normal, WorkPriority.High }.SelectMany(priority => Enumerable.Range(0, 40).Select(_ => test.Scheduler.Schedule(
            "work",
            _ =>
            {
                done.Enqueue(priority);
                return Task.CompletedTask;
            },
            priority)))];

        leave.SetResult();
        await Task.WhenAll(tickets.Select(t => t.Completion)).SoonAsync();

        Assert.Equal(WorkPriority.High, done.First());
        var turns = done.Take(24).ToArray();
        Assert.Equal((15, 6, 3), (turns.Count(p => p == WorkPriority.High), turns.Count(p => p == WorkPriority.Normal), turns.Count(p => p == WorkPriority.Low)));
    }

    [Fact]
    public async Task No_more_runs_at_once_than_there_are_workers()
    {
        await using var test = new SchedulerUnderTest(workers: 3);
        var (now, most) = (0, 0);
        var tickets = Enumerable.Range(0, 50).Select(_ => test.Scheduler.Schedule("work", async _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
        })).ToArray();

        await Task.WhenAll(tickets.Select(t => t.Completion)).SoonAsync();

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, test.Meter.Sum("museum.work.running"));
        Assert.Equal(0, test.Meter.Sum("museum.work.waiting"));
    }

    [Fact]
    public async Task Nothing_polls_there_is_no_timer_but_the_one_of_the_earliest_delay()
    {
        await using var test = new SchedulerUnderTest();
        await test.Scheduler.Schedule("work", _ => Task.CompletedTask).Completion.SoonAsync();
        Assert.Equal(0, test.Clock.Waiting);

        test.Scheduler.Schedule("later", _ => Task.CompletedTask, delay: TimeSpan.FromHours(1));
        test.Scheduler.Schedule("sooner", _ => Task.CompletedTask, delay: TimeSpan.FromMinutes(1));
        Assert.Equal(1, test.Clock.Waiting);
    }

    [Fact]
    public async Task A_full_channel_refuses_the_others_still_take_and_what_is_cancelled_makes_room()
    {
        await using var test = new SchedulerUnderTest(workers: 1, capacity: 2);
        var leave = await test.OccupyAsync();
        test.Scheduler.Schedule("waits", _ => Task.CompletedTask, WorkPriority.Low);
        var delayed = test.Scheduler.Schedule("delayed", _ => Task.CompletedTask, WorkPriority.Low, TimeSpan.FromHours(1));

        Assert.False(test.Scheduler.TrySchedule("more", _ => Task.CompletedTask, out _, WorkPriority.Low));
        Assert.Equal("scheduler_full", Assert.Throws<ResourceException>(() => test.Scheduler.Schedule("more", _ => Task.CompletedTask, WorkPriority.Low)).Code);
        Assert.Equal(2, test.Meter.Sum("museum.work.refused", "priority=low"));
        Assert.True(test.Scheduler.TrySchedule("other", _ => Task.CompletedTask, out _, WorkPriority.Normal));

        test.Scheduler.Cancel(delayed.Id);
        Assert.True(test.Scheduler.TrySchedule("fits", _ => Task.CompletedTask, out _, WorkPriority.Low));
        leave.SetResult();
    }

    [Fact]
    public async Task Work_is_no_part_of_the_request_that_caused_it()
    {
        await using var test = new SchedulerUnderTest();
        using var request = new Activity("request").Start();
        Activity? seen = request;
        await test.Scheduler.Schedule("work", _ =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        }).Completion.SoonAsync();
        Assert.Null(seen);
    }

    [Fact]
    public async Task Of_ten_thousand_pieces_scheduled_and_cancelled_by_many_at_once_each_ends_exactly_once()
    {
        await using var test = new SchedulerUnderTest(capacity: 10_000);
        var (done, ended) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            using var caller = new CancellationTokenSource();
            var ticket = test.Scheduler.Schedule(
                "work",
                async ct =>
                {
                    await Task.Yield();
                    Interlocked.Increment(ref done);
                    ct.ThrowIfCancellationRequested();
                },
                (WorkPriority)(i % 3),
                i % 5 == 0 ? TimeSpan.FromTicks(1) : TimeSpan.Zero,
                caller.Token);
            if (i % 7 == 0)
            {
                await caller.CancelAsync();
            }

            test.Clock.Advance(TimeSpan.FromTicks(1));
            var outcome = await ticket.Completion.SoonAsync();
            Assert.True(i % 7 == 0 || outcome == WorkOutcome.Succeeded);
            Interlocked.Increment(ref ended);
        });

        Assert.Equal(10_000, ended);
        Assert.Equal(done, test.Meter.Values("museum.work.wait").Length);
        Assert.Equal(0, test.Meter.Sum("museum.work.waiting"));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
