using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.ServiceDefaults.Memory;

/// <summary>
/// Watches this process's memory. When it is short:
/// <code>
/// 1 the caches give up half          expired first, then low priority
/// 2 garbage is collected, memory read again; enough: done
/// 3 the longest-idle sessions' buffers, and again 2
/// </code>
/// It is short from <c>Memory:HighRatio</c> on until it falls below <c>Memory:LowRatio</c>; while it stays short, this is done again every
/// 30 s, since a full collection stops the process for some 100 ms.
/// </summary>
internal sealed partial class MemoryGuard : IHostedService, IDisposable
{
    public const string MeterName = "Museum.Memory";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(30);

    private readonly IReleasesMemory[] owners;
    private readonly IWatchedMemory memory;
    private readonly IOptionsMonitor<MemoryOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<MemoryGuard> logger;
    private readonly Counter<long> released;
    private readonly Counter<long> reliefs;
    private readonly RecurringWork looking;
    private DateTimeOffset next;

    public MemoryGuard(
        IEnumerable<IReleasesMemory> owners, IWatchedMemory memory, IOptionsMonitor<MemoryOptions> options, WorkScheduler scheduler, TimeProvider time,
        IMeterFactory meters, ILogger<MemoryGuard> logger)
    {
        (this.owners, this.memory, this.options, this.time, this.logger) = ([.. owners], memory, options, time, logger);
        looking = new RecurringWork(
            scheduler,
            "watch_memory",
            LookEvery,
            _ =>
            {
                Look();
                return Task.CompletedTask;
            },
            WorkPriority.High);
        var meter = meters.Create(MeterName);
        released = meter.CreateCounter<long>("museum.memory.released", "By", "Given up under pressure, by owner.");
        reliefs = meter.CreateCounter<long>("museum.memory.reliefs", "{relief}", "How often memory was short and owners were asked.");
        meter.CreateObservableGauge("museum.memory.used", () => memory.Read().Used, "By", "Memory in use.");
        meter.CreateObservableGauge("museum.memory.limit", () => memory.Read().Limit, "By", "Memory that there is.");
        meter.CreateObservableGauge("museum.memory.pressure", () => IsShort ? 1 : 0, "1", "1 while memory is short.");
    }

    public bool IsShort { get; private set; }

    /// <summary>One look.</summary>
    public void Look()
    {
        var settings = options.CurrentValue;
        var reading = memory.Read();
        if (reading.Ratio < (IsShort ? settings.LowRatio : settings.HighRatio))
        {
            if (IsShort)
            {
                LogEnough(reading.Used >> 20, reading.Limit >> 20);
            }

            IsShort = false;
        }
        else if (!IsShort || time.GetUtcNow() >= next)
        {
            LogShort(reading.Used >> 20, reading.Limit >> 20);
            IsShort = true;
            next = time.GetUtcNow() + AgainAfter;
            Relieve(settings.LowRatio);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        looking.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => looking.Dispose();

    private void Relieve(double enough)
    {
        reliefs.Add(1);
        foreach (var sameOrder in owners.GroupBy(o => o.Order).OrderBy(g => g.Key))
        {
            foreach (var owner in sameOrder)
            {
                var bytes = owner.Release();
                released.Add(bytes, new KeyValuePair<string, object?>("owner", owner.Name));
                LogReleased(owner.Name, bytes >> 10);
            }

            memory.Collect();
            if (memory.Read().Ratio < enough)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Memory is short: {UsedMb} of {LimitMb} MB are in use")]
    private partial void LogShort(long usedMb, long limitMb);

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory is enough again: {UsedMb} of {LimitMb} MB are in use")]
    private partial void LogEnough(long usedMb, long limitMb);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Owner} gave up {KiloBytes} KB")]
    private partial void LogReleased(string owner, long kiloBytes);
}
