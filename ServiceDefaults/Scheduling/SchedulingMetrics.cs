using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Scheduling;

/// <summary>Work by name and priority: how many wait, how many run, how long each waited and took, how it ended.</summary>
internal sealed class SchedulingMetrics
{
    public const string MeterName = "Museum.Scheduling";

    private readonly UpDownCounter<long> waiting;
    private readonly UpDownCounter<long> running;
    private readonly Histogram<double> wait;
    private readonly Histogram<double> duration;
    private readonly Counter<long> refused;

    public SchedulingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        waiting = meter.CreateUpDownCounter<long>("museum.work.waiting", "{work}", "Work that waits, delayed work included.");
        running = meter.CreateUpDownCounter<long>("museum.work.running", "{work}", "Work that runs.");
        wait = meter.CreateHistogram<double>("museum.work.wait", "s", "From the moment when work was due to its start.");
        duration = meter.CreateHistogram<double>("museum.work.duration", "s", "How long work ran, by outcome.");
        refused = meter.CreateCounter<long>("museum.work.refused", "{work}", "Work refused because its channel was full.");
    }

    public void Waiting(WorkPriority priority, int change) => waiting.Add(change, Of(priority));

    public void Refused(WorkPriority priority) => refused.Add(1, Of(priority));

    public void Started(WorkItem item, TimeSpan waited)
    {
        running.Add(1, Of(item.Priority));
        wait.Record(waited.TotalSeconds, Of(item.Priority));
    }

    public void Ended(WorkItem item, WorkOutcome outcome, TimeSpan took)
    {
        running.Add(-1, Of(item.Priority));
        duration.Record(took.TotalSeconds, new("work", item.Name), Of(item.Priority), new("outcome", outcome.ToString().ToLowerInvariant()));
    }

    private static KeyValuePair<string, object?> Of(WorkPriority priority) => new("priority", priority.ToString().ToLowerInvariant());
}
