using Museum.ServiceDefaults.Health;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Health;

public sealed class CapabilitiesTests
{
    private readonly ManualTime time = new(realTimers: true);
    private readonly Capabilities capabilities;
    private readonly List<(string Name, CapabilityReading Reading)> told = [];

    public CapabilitiesTests()
    {
        capabilities = new Capabilities(time);
        capabilities.Changed += (name, reading) => told.Add((name, reading));
    }

    [Fact]
    public void The_same_reading_again_is_no_change_even_in_the_same_moment()
    {
        capabilities.Report("voice", CapabilityState.Ok);
        capabilities.Report("voice", CapabilityState.Ok);
        time.Advance(TimeSpan.FromSeconds(1));
        capabilities.Report("voice", CapabilityState.Ok);
        Assert.Single(told);
    }

    [Fact]
    public void Since_stays_while_the_state_stays_and_a_new_reason_is_told()
    {
        var began = time.GetUtcNow();
        capabilities.Report("voice", CapabilityState.Away, "starting");
        time.Advance(TimeSpan.FromSeconds(5));
        capabilities.Report("voice", CapabilityState.Away, "no engine");
        Assert.Equal(("voice", new CapabilityReading(CapabilityState.Away, began, "no engine")), told[^1]);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void Another_state_begins_now_even_for_the_same_reason()
    {
        capabilities.Report("voice", CapabilityState.Away, "engine");
        time.Advance(TimeSpan.FromSeconds(5));
        capabilities.Report("voice", CapabilityState.Degraded, "engine");
        Assert.Equal(new CapabilityReading(CapabilityState.Degraded, time.GetUtcNow(), "engine"), capabilities.Snapshot()["voice"]);
    }

    [Fact]
    public void A_snapshot_stays_as_it_was_and_is_in_order_of_names()
    {
        capabilities.Report("voice", CapabilityState.Ok);
        capabilities.Report("face", CapabilityState.Ok);
        var before = capabilities.Snapshot();
        capabilities.Report("face", CapabilityState.Away, "gone");
        Assert.Equal(["face", "voice"], before.Keys);
        Assert.Equal(CapabilityState.Ok, before["face"].State);
    }

    [Fact]
    public async Task Many_reporters_at_once_raise_one_change_each_time_something_changed()
    {
        var raised = 0;
        capabilities.Changed += (_, _) => Interlocked.Increment(ref raised);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => capabilities.Report("store", CapabilityState.Ok))));
        Assert.Equal(1, raised);
    }
}
