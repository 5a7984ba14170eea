using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Scheduling;

/// <summary>
/// Background work of a service, off the request path: three channels (high, normal, low) and a heap of what is due later, done by a
/// fixed number of workers. Work that throws is logged and counted, and stops nothing else.
/// <code>
/// Schedule ── delay ──► heap ── timer ──► channels ── turn by turn ──► worker ──► ended: succeeded, failed, cancelled
/// </code>
/// A full channel refuses (<c>scheduler_full</c>): it never drops what it took, and never blocks who asks.
/// </summary>
public sealed partial class WorkScheduler : IHostedService, IDisposable
{
    private readonly SchedulingOptions options;
    private readonly SchedulingMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger<WorkScheduler> logger;
    private readonly WorkQueue queue;
    private readonly Lock sync = new();
    private Task? stopped;
    private long number;

    public WorkScheduler(IOptions<SchedulingOptions> options, IMeterFactory meters, TimeProvider time, ILogger<WorkScheduler> logger)
    {
        (this.options, this.time, this.logger) = (options.Value, time, logger);
        metrics = new SchedulingMetrics(meters);
        // Without the caller's context: prefetching is no part of the request that caused it.
        queue = new WorkQueue(this.options, metrics, time, () => ThreadPool.UnsafeQueueUserWorkItem(static me => _ = me.WorkAsync(), this, preferLocal: false));
        queue.Start();
    }

    /// <summary>Has work done once, soon or after <paramref name="delay"/>. Once the service stops, it ends as cancelled at once.</summary>
    /// <param name="name">What it is, for logs and metrics: a constant, never an identifier.</param>
    /// <param name="work">Its token is cancelled by <paramref name="cancellationToken"/>, by <see cref="Cancel"/> and by the stop of the service.</param>
    /// <param name="priority">The channel it waits in.</param>
    /// <param name="delay">Before it is due; zero: at once.</param>
    /// <param name="cancellationToken">Cancels it, waiting or running.</param>
    /// <exception cref="ResourceException"><c>scheduler_full</c></exception>
    public WorkTicket Schedule(
        string name, Func<CancellationToken, Task> work, WorkPriority priority = WorkPriority.Normal, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        TrySchedule(name, work, out var ticket, priority, delay, cancellationToken)
            ? ticket
            : throw new ResourceException("scheduler_full", "Too much work waits to be done in the background.");

    /// <summary>As <see cref="Schedule"/>, for work that may as well not be done.</summary>
    /// <returns>False: the channel is full.</returns>
    public bool TrySchedule(
        string name,
        Func<CancellationToken, Task> work,
        [NotNullWhen(true)] out WorkTicket? ticket,
        WorkPriority priority = WorkPriority.Normal,
        TimeSpan delay = default,
        CancellationToken cancellationToken = default)
    {
        var item = Item(name, work, priority, delay, cancellationToken);
        ticket = queue.TryAdd(item) ? item.Ticket : null;
        return ticket is not null;
    }

    /// <summary>Work that waits ends as cancelled at once; work that runs is told by its token.</summary>
    /// <returns>False: it has ended already, or was never here.</returns>
    public bool Cancel(Guid id) => queue.Cancel(id);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// What waits is cancelled; what runs may end by itself within the grace, then it is cancelled and awaited. A host may be told to stop
    /// by two at once (its own end and who started it): both wait for the one stop, so that nobody disposes of it meanwhile.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (sync)
        {
            return stopped ??= StopOnceAsync(cancellationToken);
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await Task.WhenAny(queue.Idle, Task.Delay(options.StopGrace, time, cancellationToken));
        await queue.CancelRunningAsync();
        await queue.Idle.WaitAsync(cancellationToken);
    }

    /// <summary>For work that recurs: its one place is its own, however full the channel is.</summary>
    internal WorkTicket ScheduleReserved(string name, Func<CancellationToken, Task> work, WorkPriority priority, TimeSpan delay)
    {
        var item = Item(name, work, priority, delay, CancellationToken.None);
        queue.TryAdd(item, reserved: true);
        return item.Ticket;
    }

    public void Dispose() => queue.Dispose();

    private WorkItem Item(string name, Func<CancellationToken, Task> work, WorkPriority priority, TimeSpan delay, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        return new WorkItem(name, work, priority, Interlocked.Increment(ref number), cancellationToken)
        {
            DueAt = now + (long)(Math.Max(0, delay.TotalSeconds) * time.TimestampFrequency),
            ReadyAt = now,
        };
    }

    /// <summary>A worker: it lives as long as there is something to do.</summary>
    private async Task WorkAsync()
    {
        while (queue.Take() is { } item)
        {
            var started = time.GetTimestamp();
            metrics.Started(item, time.GetElapsedTime(item.ReadyAt, started));
            var outcome = await RunAsync(item, item.Running!.Token);
            queue.Remove(item);
            metrics.Ended(item, outcome, time.GetElapsedTime(started));
            item.End(outcome);
        }
    }

    private async Task<WorkOutcome> RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            await item.DoAsync(cancellationToken);
            return WorkOutcome.Succeeded;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return WorkOutcome.Cancelled;
        }
        catch (Exception e)
        {
            LogFailed(logger, e, item.Name);
            return WorkOutcome.Failed;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Background work {Work} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string work);
}
