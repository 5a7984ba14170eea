namespace Museum.ServiceDefaults.Scheduling;

/// <summary>
/// Work that is done again and again: at the start, then <paramref name="every"/> after each end, failed or not; never twice at the same time.
/// </summary>
/// <param name="scheduler">Does it.</param>
/// <param name="name">As in <see cref="WorkScheduler.Schedule"/>.</param>
/// <param name="every">The pause between one end and the next start.</param>
/// <param name="work">Its token is cancelled by the stop of the service.</param>
/// <param name="priority">As in <see cref="WorkScheduler.Schedule"/>.</param>
public sealed class RecurringWork(
    WorkScheduler scheduler, string name, TimeSpan every, Func<CancellationToken, Task> work, WorkPriority priority = WorkPriority.Normal) : IDisposable
{
    private readonly Lock sync = new();
    private Guid next;
    private int round;
    private bool running;
    private bool again;
    private bool over;

    /// <summary>Does it as soon as a worker is free, instead of when the pause is over; if it runs just now, once more after it.</summary>
    public void Start()
    {
        lock (sync)
        {
            again = running;
            if (!running && !over)
            {
                scheduler.Cancel(next);
                Schedule(TimeSpan.Zero);
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

        try
        {
            await work(cancellationToken);
        }
        finally
        {
            lock (sync)
            {
                running = false;
                if (!over)
                {
                    Schedule(again ? TimeSpan.Zero : every);
                }

                again = false;
            }
        }
    }
}
