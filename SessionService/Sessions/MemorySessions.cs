using Microsoft.Extensions.Options;

namespace Museum.SessionService.Sessions;

/// <summary>
/// The sessions that this replica has seen, for the time that Redis is away. All sessions live equally long after their last use, so
/// the order of use is the order of expiry: the list's first is the longest idle, the first to expire and the first to give way.
/// </summary>
internal sealed class MemorySessions(TimeProvider time, IOptionsMonitor<SessionOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<LivingSession>> byId = [];
    private readonly LinkedList<LivingSession> byUse = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return byId.Count;
            }
        }
    }

    /// <summary>Keeps a session as just used.</summary>
    public LivingSession Put(SessionRecord session, long generation, DateTimeOffset refreshedAt = default)
    {
        var living = new LivingSession(session, generation, time.GetUtcNow() + options.CurrentValue.Timeout, refreshedAt);
        lock (gate)
        {
            RemoveNode(session.Id);
            byId[session.Id] = byUse.AddLast(living);
            if (byId.Count > options.CurrentValue.MemoryCapacity)
            {
                RemoveNode(byUse.First!.Value.Session.Id);
            }
        }

        return living;
    }

    public LivingSession? Get(string id, bool touch)
    {
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var node) || node.Value.ExpiresAt <= time.GetUtcNow())
            {
                return null;
            }

            return touch ? Put(node.Value.Session, node.Value.Generation, node.Value.RefreshedAt) : node.Value;
        }
    }

    public Advance Advance(string id, long generation)
    {
        lock (gate)
        {
            if (Get(id, touch: false) is not { } living)
            {
                return Sessions.Advance.Missing;
            }

            // A higher number is ours too: it was given while somebody else kept count.
            if (generation < living.Generation)
            {
                return living.IsRepeated(generation, time.GetUtcNow()) ? Sessions.Advance.Repeated : Sessions.Advance.Reused;
            }

            Put(living.Session, generation + 1, time.GetUtcNow());
            return Sessions.Advance.Advanced;
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            RemoveNode(id);
        }
    }

    public void RemoveExpired()
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            while (byUse.First is { } first && first.Value.ExpiresAt <= now)
            {
                RemoveNode(first.Value.Session.Id);
            }
        }
    }

    public IReadOnlyList<LivingSession> Snapshot()
    {
        RemoveExpired();
        lock (gate)
        {
            return [.. byUse];
        }
    }

    private void RemoveNode(string id)
    {
        if (byId.Remove(id, out var node))
        {
            byUse.Remove(node);
        }
    }
}
