namespace Museum.ServiceDefaults.Scheduling;

/// <summary>Which of the three channels work waits in.</summary>
public enum WorkPriority
{
    /// <summary>Somebody may notice if this is late: a cleaning of sessions, a reload.</summary>
    High,
    Normal,

    /// <summary>Only ever useful: prefetching, warming up.</summary>
    Low,
}

/// <summary>How work ended.</summary>
public enum WorkOutcome
{
    Succeeded,

    /// <summary>It threw; logged and counted by the scheduler.</summary>
    Failed,
    Cancelled,
}

/// <summary>What the scheduler gives back for work.</summary>
/// <param name="Id">For <see cref="WorkScheduler.Cancel"/>.</param>
/// <param name="Completion">How it ended; never faults, so nobody has to look.</param>
public sealed record WorkTicket(Guid Id, Task<WorkOutcome> Completion);
