namespace Museum.ServiceDefaults.Scheduling;

/// <summary>What is not due yet, the earliest first, with one timer set to it: nothing polls. Guarded by the queue's lock.</summary>
internal sealed class WorkDelays(TimeProvider time) : IDisposable
{
    // A timer takes no more than 49 days; from a day on it is simply set again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly SortedSet<WorkItem> heap = new(Comparer<WorkItem>.Create(
        static (a, b) => a.DueAt != b.DueAt ? a.DueAt.CompareTo(b.DueAt) : a.Number.CompareTo(b.Number)));

    private ITimer? timer;

    /// <param name="onDue">Called without the lock; takes out what is due until there is nothing more.</param>
    public void Start(Action onDue) => timer = time.CreateTimer(_ => onDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Add(WorkItem item)
    {
        heap.Add(item);
        if (heap.Min == item)
        {
            SetTimer();
        }
    }

    public void Remove(WorkItem item) => heap.Remove(item);

    /// <summary>Null: nothing is due, and the timer is set to what will be next.</summary>
    public WorkItem? TakeDue()
    {
        if (heap.Min is { } first && first.DueAt <= time.GetTimestamp())
        {
            heap.Remove(first);
            return first;
        }

        SetTimer();
        return null;
    }

    public void Dispose() => timer?.Dispose();

    private void SetTimer()
    {
        if (heap.Min is { } first)
        {
            var due = time.GetElapsedTime(time.GetTimestamp(), first.DueAt);
            timer!.Change(TimeSpan.FromTicks(Math.Clamp(due.Ticks, 0, LongestTimer.Ticks)), Timeout.InfiniteTimeSpan);
        }
    }
}
