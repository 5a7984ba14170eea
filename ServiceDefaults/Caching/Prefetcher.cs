using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.ServiceDefaults.Caching;

/// <summary>Settings <c>Prefetch:…</c>, live.</summary>
public sealed class PrefetchOptions
{
    public const string Section = "Prefetch";

    [Setting("Values that may be made in a second although nobody has asked for them yet. 0: none.", Live = true)]
    [Range(0, 1_000)]
    public int PerSecond { get; set; } = 6;
}

/// <summary>
/// Makes what will probably be asked for next: after the answer is out, in the scheduler's low channel, within a budget, and never while
/// the process has more to do than threads to do it. What does not fit is dropped and counted: it will be made when somebody asks.
/// </summary>
public sealed class Prefetcher
{
    // Three suggestions of a few visitors; what waits longer is asked for before it is made.
    private const int MostWaiting = 16;

    private readonly WorkScheduler scheduler;
    private readonly IOptionsMonitor<PrefetchOptions> options;
    private readonly TimeProvider time;
    private readonly Counter<long> plans;
    private readonly Func<bool> isBusy;
    private readonly Lock sync = new();
    private long second;
    private int begun;
    private int waiting;

    public Prefetcher(WorkScheduler scheduler, IOptionsMonitor<PrefetchOptions> options, TimeProvider time, IMeterFactory meters)
        : this(scheduler, options, time, meters, () => ThreadPool.PendingWorkItemCount > Environment.ProcessorCount)
    {
    }

    internal Prefetcher(WorkScheduler scheduler, IOptionsMonitor<PrefetchOptions> options, TimeProvider time, IMeterFactory meters, Func<bool> isBusy)
    {
        (this.scheduler, this.options, this.time, this.isBusy) = (scheduler, options, time, isBusy);
        plans = meters.Create(CacheMetrics.MeterName).CreateCounter<long>("museum.cache.prefetches", "{value}", "Values foreseen, by outcome (planned, over_budget, busy, full).");
    }

    /// <param name="make">Finds or makes the value through its cache, with <see cref="CacheEntryOptions.Foreseen"/>.</param>
    /// <returns>False: dropped.</returns>
    public bool TryPlan(Func<CancellationToken, Task> make)
    {
        var refused = isBusy() ? "busy" : !IsWithinBudget() ? "over_budget" : Interlocked.Increment(ref waiting) > MostWaiting ? Full() : null;
        if (refused is null && !scheduler.TrySchedule("prefetch", token => MakeAsync(make, token), out _, WorkPriority.Low))
        {
            refused = Full();
        }

        plans.Add(1, new KeyValuePair<string, object?>("outcome", refused ?? "planned"));
        return refused is null;

        string Full()
        {
            Interlocked.Decrement(ref waiting);
            return "full";
        }
    }

    private async Task MakeAsync(Func<CancellationToken, Task> make, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref waiting);
        if (!isBusy())
        {
            await make(cancellationToken);
        }
    }

    private bool IsWithinBudget()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (sync)
        {
            (second, begun) = now == second ? (second, begun + 1) : (now, 1);
            return begun <= options.CurrentValue.PerSecond;
        }
    }
}
