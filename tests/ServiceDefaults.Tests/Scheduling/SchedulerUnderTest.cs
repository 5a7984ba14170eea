using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Scheduling;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Scheduling;

/// <summary>A scheduler whose clock the test moves.</summary>
internal sealed class SchedulerUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LoggerFactory loggers;

    public SchedulerUnderTest(int workers = 4, int capacity = 1_000)
    {
        var meters = provider.GetRequiredService<IMeterFactory>();
        Meter = new MeterReadings(meters, "Museum.Scheduling");
        loggers = new LoggerFactory([Logs]);
        Scheduler = new WorkScheduler(Options.Create(new SchedulingOptions { Workers = workers, Capacity = capacity }), meters, Clock, loggers.CreateLogger<WorkScheduler>());
    }

    public ManualTime Clock { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public MeterReadings Meter { get; }

    public WorkScheduler Scheduler { get; }

    /// <summary>Keeps one worker busy until the source completes.</summary>
    public async Task<TaskCompletionSource> OccupyAsync()
    {
        var (begun, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        Scheduler.Schedule("occupy", _ =>
        {
            begun.SetResult();
            return leave.Task;
        });
        await begun.Task.SoonAsync();
        return leave;
    }

    public async ValueTask DisposeAsync()
    {
        var stopping = Scheduler.StopAsync(CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(10));
        await stopping.SoonAsync();
        Scheduler.Dispose();
        Meter.Dispose();
        loggers.Dispose();
        await provider.DisposeAsync();
    }
}
