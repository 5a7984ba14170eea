namespace Museum.ServiceDefaults.Scheduling;

/// <summary>One piece of work on its way: delayed, ready, running, ended. The scheduler's lock guards its places.</summary>
internal sealed class WorkItem(string name, Func<CancellationToken, Task> work, WorkPriority priority, long number, CancellationToken caller)
{
    private readonly TaskCompletionSource<WorkOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Id { get; } = Guid.NewGuid();

    public string Name => name;

    public WorkPriority Priority => priority;

    public CancellationToken Caller => caller;

    /// <summary>In the order of scheduling: what is due at the same moment runs in this order.</summary>
    public long Number => number;

    /// <summary>Timestamp of the clock.</summary>
    public required long DueAt { get; init; }

    /// <summary>Timestamp since when it is ready; it is ready at once when it is due no later.</summary>
    public required long ReadyAt { get; set; }

    /// <summary>Its place in a channel while it is ready.</summary>
    public LinkedListNode<WorkItem>? Place { get; set; }

    /// <summary>What cancels it while it runs.</summary>
    public CancellationTokenSource? Running { get; set; }

    public CancellationTokenRegistration CallerRegistration { get; set; }

    public WorkTicket Ticket => new(Id, completion.Task);

    public Task DoAsync(CancellationToken cancellationToken) => work(cancellationToken);

    public void End(WorkOutcome outcome)
    {
        CallerRegistration.Unregister();
        completion.TrySetResult(outcome);
    }
}
