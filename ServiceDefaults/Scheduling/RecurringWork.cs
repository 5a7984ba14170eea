namespace Museum.ServiceDefaults.Scheduling;

/// <summary>
/// Work that is done again and again: at the start, then after a pause from each end, failed or not; never twice at the same time.
/// </summary>
/// <param name="scheduler">Does it.</param>
/// <param name="name">As in <see cref="WorkScheduler.Schedule"/>.</param>
/// <param name="work">
/// Tells the pause until the next start; <see cref="Timeout.InfiniteTimeSpan"/>: until somebody starts it. Its token is cancelled by the stop of the service.
/// </param>
/// <param name="priority">As in <see cref="WorkScheduler.Schedule"/>.</param>
public sealed class RecurringWork(
    WorkScheduler scheduler, string name, Func<CancellationToken, Task<TimeSpan>> work, WorkPriority priority = WorkPriority.Normal) : IDisposable
{
    /// <summary>Where the work did not live to tell its pause.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock sync = new();
    private readonly TimeSpan afterFailure = AfterFailure;
    private Guid next;
    private int round;
    private bool running;
    private bool again;
    private bool over;

    /// <param name="scheduler">Does it.</param>
    /// <param name="name">As in <see cref="WorkScheduler.Schedule"/>.</param>
    /// <param name="every">The pause between one end and the next start, failed or not.</param>
    /// <param name="work">Its token is cancelled by the stop of the service.</param>
    /// <param name="priority">As in <see cref="WorkScheduler.Schedule"/>.</param>
    public RecurringWork(WorkScheduler scheduler, string name, TimeSpan every, Func<CancellationToken, Task> work, WorkPriority priority = WorkPriority.Normal)
        : this(
            scheduler,
            name,
            async ct =>
            {
                await work(ct);
                return every;
            },
            priority) => afterFailure = every;

    /// <summary>Does it after <paramref name="delay"/>, instead of when the pause is over; if it runs just now, once more at once after it.</summary>
    public void Start(TimeSpan delay = default)
    {
        lock (sync)
        {
            again = running;
            if (!running && !over)
            {
                scheduler.Cancel(next);
                Schedule(delay);
            }
        }
    }

    /// <summary>It is not done again.</summary>
    public void Dispose()
    {
        lock (sync)
        {
            over = true;
            scheduler.Cancel(next);
        }
    }

    private void Schedule(TimeSpan delay)
    {
        var mine = ++round;
        next = scheduler.ScheduleReserved(name, ct => RunAsync(mine, ct), priority, delay).Id;
    }

    private async Task RunAsync(int mine, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            // A start may come between a worker's taking this and its first step: then the newer one does it.
            if (mine != round || over)
            {
                return;
            }

            running = true;
        }

        var pause = afterFailure;
        try
        {
            pause = await work(cancellationToken);
        }
        finally
        {
            lock (sync)
            {
                running = false;
                if (!over && (again || pause != Timeout.InfiniteTimeSpan))
                {
                    Schedule(again ? TimeSpan.Zero : pause);
                }

                again = false;
            }
        }
    }
}
