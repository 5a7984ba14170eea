namespace Museum.ServiceDefaults.Scheduling;

/// <summary>All work that is not done, where it waits, and how many workers are about; one lock for all of it, and nothing foreign runs under it.</summary>
/// <param name="startWorker">Called under the lock when there is something to do and a worker missing; must only start it.</param>
internal sealed class WorkQueue(SchedulingOptions options, SchedulingMetrics metrics, TimeProvider time, Action startWorker) : IDisposable
{
    private readonly Lock sync = new();
    private readonly Dictionary<Guid, WorkItem> items = [];
    private readonly int[] waiting = new int[3];
    private readonly WorkChannels ready = new();
    private readonly WorkDelays delays = new(time);
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private int workers;
    private bool closed;

    /// <summary>Completes when it is closed and the last worker has gone.</summary>
    public Task Idle => idle.Task;

    public void Start() => delays.Start(ReleaseDue);

    /// <returns>False: its channel is full.</returns>
    public bool TryAdd(WorkItem item, bool reserved = false)
    {
        lock (sync)
        {
            if (closed || item.Caller.IsCancellationRequested)
            {
                item.End(WorkOutcome.Cancelled);
                return true;
            }

            if (!reserved && waiting[(int)item.Priority] >= options.Capacity)
            {
                metrics.Refused(item.Priority);
                return false;
            }

            items.Add(item.Id, item);
            CountWaiting(item, 1);
            if (item.DueAt > item.ReadyAt)
            {
                delays.Add(item);
            }
            else
            {
                Ready(item);
            }

            // The last step, since it may cancel at once; and here, since no worker can end the work before the lock is free.
            if (item.Caller.CanBeCanceled)
            {
                item.CallerRegistration = item.Caller.UnsafeRegister(_ => Cancel(item.Id), null);
            }

            return true;
        }
    }

    public bool Cancel(Guid id)
    {
        lock (sync)
        {
            if (!items.TryGetValue(id, out var item))
            {
                return false;
            }

            if (item.Running is { } running)
            {
                // Its callbacks run elsewhere: none of them may meet this lock.
                _ = running.CancelAsync();
            }
            else
            {
                Drop(item);
            }

            return true;
        }
    }

    /// <summary>The next to be done, marked as running; null: the worker that asks may go.</summary>
    public WorkItem? Take()
    {
        lock (sync)
        {
            if (ready.Take() is not { } item)
            {
                workers--;
                CompleteIfIdle();
                return null;
            }

            CountWaiting(item, -1);
            item.Running = CancellationTokenSource.CreateLinkedTokenSource(item.Caller, stop.Token);
            return item;
        }
    }

    public void Remove(WorkItem item)
    {
        lock (sync)
        {
            items.Remove(item.Id);
            item.Running!.Dispose();
        }
    }

    /// <summary>Takes nothing more, and drops what waits.</summary>
    public void Close()
    {
        lock (sync)
        {
            closed = true;
            Array.ForEach([.. items.Values.Where(i => i.Running is null)], Drop);

            CompleteIfIdle();
        }
    }

    /// <summary>Tells everything that runs to end.</summary>
    public Task CancelRunningAsync() => stop.CancelAsync();

    public void Dispose()
    {
        delays.Dispose();
        stop.Dispose();
    }

    private void ReleaseDue()
    {
        lock (sync)
        {
            while (delays.TakeDue() is { } item)
            {
                item.ReadyAt = item.DueAt;
                Ready(item);
            }
        }
    }

    private void Ready(WorkItem item)
    {
        ready.Add(item);
        if (workers < options.Workers)
        {
            workers++;
            startWorker();
        }
    }

    private void Drop(WorkItem item)
    {
        items.Remove(item.Id);
        CountWaiting(item, -1);
        if (item.Place is null)
        {
            delays.Remove(item);
        }
        else
        {
            ready.Remove(item);
        }

        item.End(WorkOutcome.Cancelled);
    }

    private void CountWaiting(WorkItem item, int change)
    {
        waiting[(int)item.Priority] += change;
        metrics.Waiting(item.Priority, change);
    }

    private void CompleteIfIdle()
    {
        if (closed && workers == 0)
        {
            idle.TrySetResult();
        }
    }
}
