using Museum.ServiceDefaults.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Scheduling;

public sealed class NudgeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime time = new();
    private readonly Nudge nudge;

    public NudgeTests() => nudge = new Nudge(time);

    [Fact]
    public async Task A_nudge_wakes_who_sleeps()
    {
        var sleeping = nudge.WaitAsync(Timeout.InfiniteTimeSpan, default);
        Assert.False(sleeping.IsCompleted);
        nudge.Give();
        await sleeping.SoonAsync();
    }

    [Fact]
    public async Task Nudges_that_come_while_it_is_awake_are_one_and_are_not_lost()
    {
        nudge.Give();
        nudge.Give();
        await nudge.WaitAsync(Minute, default).SoonAsync();
        Assert.False(nudge.WaitAsync(Minute, default).IsCompleted);
    }

    [Fact]
    public async Task It_wakes_by_itself_when_its_time_is_over()
    {
        var sleeping = nudge.WaitAsync(Minute, default);
        time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.False(sleeping.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));
        await sleeping.SoonAsync();
    }

    [Fact]
    public async Task A_nudge_that_is_forgotten_wakes_nobody()
    {
        nudge.Give();
        nudge.Forget();
        var sleeping = nudge.WaitAsync(Minute, default);
        Assert.False(sleeping.IsCompleted);
        nudge.Give();
        await sleeping.SoonAsync();
    }

    [Fact]
    public async Task Who_stops_wakes_without_a_failure()
    {
        using var stop = new CancellationTokenSource();
        var sleeping = nudge.WaitAsync(Minute, stop.Token);
        await stop.CancelAsync();
        await sleeping.SoonAsync();
    }
}
