namespace Museum.ServiceDefaults.Limits;

/// <summary>Who waits to be admitted, a queue for each session, served in turns: one session with a hundred requests delays another's first by one. Guarded by the limiter's lock.</summary>
internal sealed class FairQueue
{
    // The sessions that wait, the next to be served first.
    private readonly LinkedList<string> turns = new();
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> sessions = [];

    public int Count { get; private set; }

    public int CountOf(string session) => sessions.GetValueOrDefault(session)?.Count ?? 0;

    public Waiter Add(string session)
    {
        if (!sessions.TryGetValue(session, out var own))
        {
            sessions[session] = own = new();
            turns.AddLast(session);
        }

        Count++;
        return new Waiter(session, own.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
    }

    /// <returns>False: it has been served already.</returns>
    public bool Remove(Waiter waiter)
    {
        if (waiter.Place.List is not { } own)
        {
            return false;
        }

        own.Remove(waiter.Place);
        Count--;
        if (own.Count == 0)
        {
            sessions.Remove(waiter.Session);
            turns.Remove(waiter.Session);
        }

        return true;
    }

    /// <returns>Null: nobody waits.</returns>
    public TaskCompletionSource? Take()
    {
        if (turns.First is not { } turn)
        {
            return null;
        }

        var own = sessions[turn.Value];
        var next = own.First!.Value;
        own.RemoveFirst();
        Count--;
        turns.RemoveFirst();
        if (own.Count == 0)
        {
            sessions.Remove(turn.Value);
        }
        else
        {
            turns.AddLast(turn);
        }

        return next;
    }

    internal readonly record struct Waiter(string Session, LinkedListNode<TaskCompletionSource> Place);
}
