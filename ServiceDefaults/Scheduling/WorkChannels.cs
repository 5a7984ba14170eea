namespace Museum.ServiceDefaults.Scheduling;

/// <summary>What is ready, in three channels, each first come first served; says whose turn it is. Guarded by the scheduler's lock.</summary>
internal sealed class WorkChannels
{
    // Of eight turns high has the first word in five, normal in two, low in one: nothing waits longer than eight pieces for its channel's
    // turn. A turn whose channel is empty goes to the most urgent one that is not.
    private static readonly WorkPriority[] Turns =
    [
        WorkPriority.High, WorkPriority.High, WorkPriority.Normal, WorkPriority.High,
        WorkPriority.High, WorkPriority.Normal, WorkPriority.High, WorkPriority.Low,
    ];

    private readonly LinkedList<WorkItem>[] channels = [new(), new(), new()];
    private int turn;

    public void Add(WorkItem item) => item.Place = channels[(int)item.Priority].AddLast(item);

    public void Remove(WorkItem item)
    {
        channels[(int)item.Priority].Remove(item.Place!);
        item.Place = null;
    }

    public WorkItem? Take()
    {
        var channel = channels[(int)Turns[turn]];
        if (channel.Count == 0)
        {
            channel = Array.Find(channels, c => c.Count > 0);
        }

        if (channel?.First is not { } first)
        {
            return null;
        }

        turn = (turn + 1) % Turns.Length;
        Remove(first.Value);
        return first.Value;
    }
}
