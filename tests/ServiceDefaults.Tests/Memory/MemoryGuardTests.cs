using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Tests.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Memory;

/// <summary>What happens, in which order, when memory is short. The limit is 1,000 bytes; high is 80 %, low 70 %.</summary>
public sealed class MemoryGuardTests : IAsyncLifetime
{
    private readonly List<string> happened = [];
    private readonly SchedulerUnderTest scheduling = new();
    private readonly ServiceProvider provider = new ServiceCollection().AddMetrics().AddLogging().Configure<MemoryOptions>(_ => { }).BuildServiceProvider();
    private readonly Readings memory;
    private MeterReadings meter = null!;
    private MemoryGuard guard = null!;

    public MemoryGuardTests() => memory = new Readings(happened);

    public Task InitializeAsync()
    {
        var meters = provider.GetRequiredService<IMeterFactory>();
        meter = new MeterReadings(meters, MemoryGuard.MeterName);
        guard = new MemoryGuard(
            [new Owner("sessions", ReleaseOrder.IdleSessions, happened, () => memory.Used -= 200), new Owner("caches", ReleaseOrder.Caches, happened, () => memory.Used -= 100)],
            memory,
            provider.GetRequiredService<IOptionsMonitor<MemoryOptions>>(),
            scheduling.Scheduler,
            scheduling.Clock,
            meters,
            provider.GetRequiredService<ILogger<MemoryGuard>>());
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        guard.Dispose();
        meter.Dispose();
        await scheduling.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public void While_there_is_enough_nobody_is_asked()
    {
        LookAt(799);
        Assert.Empty(happened);
        Assert.False(guard.IsShort);
    }

    [Fact]
    public void The_caches_give_first_and_the_sessions_are_left_alone_if_that_is_enough()
    {
        LookAt(800, afterCaches: 600);
        Assert.Equal(["caches", "collected"], happened);
    }

    [Fact]
    public void Then_the_sessions_that_were_idle_for_longest_give_theirs()
    {
        LookAt(950);
        Assert.Equal(["caches", "collected", "sessions", "collected"], happened);
        Assert.True(guard.IsShort);
        Assert.Equal(100, meter.Sum("museum.memory.released", "owner=caches"));
        Assert.Equal(200, meter.Sum("museum.memory.released", "owner=sessions"));
        Assert.Equal(1, meter.Sum("museum.memory.reliefs"));
    }

    [Fact]
    public void It_is_short_until_it_falls_below_the_low_mark_and_asks_again_only_after_half_a_minute()
    {
        LookAt(1_100);
        happened.Clear();
        LookAt(1_100);
        Assert.Empty(happened);
        scheduling.Clock.Advance(TimeSpan.FromSeconds(30));
        LookAt(750);
        Assert.Equal(["caches", "collected"], happened);
        LookAt(699);
        Assert.False(guard.IsShort);
        Assert.Equal(0, meter.Observe("museum.memory.pressure"));
        happened.Clear();
        LookAt(799);
        Assert.Empty(happened);
        LookAt(800);
        Assert.NotEmpty(happened);
        Assert.Equal(1, meter.Observe("museum.memory.pressure"));
        Assert.Equal(memory.Used, meter.Observe("museum.memory.used"));
        Assert.Equal(1_000, meter.Observe("museum.memory.limit"));
    }

    [Fact]
    public async Task It_looks_by_itself_every_few_seconds()
    {
        memory.Used = 900;
        await guard.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => guard.IsShort);
        memory.Used = 100;
        await Eventually.TrueAsync(() =>
        {
            scheduling.Clock.Advance(TimeSpan.FromSeconds(5));
            return !guard.IsShort;
        });
        await guard.StopAsync(CancellationToken.None);
    }

    private void LookAt(long used, long? afterCaches = null)
    {
        memory.Used = used;
        memory.AfterCollection = afterCaches;
        guard.Look();
        memory.AfterCollection = null;
    }

    private sealed class Readings(List<string> happened) : IWatchedMemory
    {
        public long Used { get; set; }

        public long? AfterCollection { get; set; }

        public MemoryReading Read() => new(Used, 1_000);

        public void Collect()
        {
            happened.Add("collected");
            Used = AfterCollection ?? Used;
        }
    }

    private sealed class Owner(string name, int order, List<string> happened, Action release) : IReleasesMemory
    {
        public string Name => name;

        public int Order => order;

        public long Release()
        {
            happened.Add(name);
            release();
            return order == ReleaseOrder.Caches ? 100 : 200;
        }
    }
}
