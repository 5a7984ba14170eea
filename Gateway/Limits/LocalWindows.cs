namespace Museum.Gateway.Limits;

/// <summary>What this gateway itself has let through, by caller.</summary>
internal sealed class LocalWindows(TimeProvider time)
{
    // About 300 bytes each. When full, the caller who has been silent longest is forgotten: a flood of addresses costs megabytes, not the gateway.
    private const int Capacity = 20_000;

    private readonly Lock sync = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, SlidingWindow Window)>> byKey = [];
    private readonly LinkedList<(string Key, SlidingWindow Window)> byUse = new();
    private readonly long start = time.GetTimestamp();

    public Verdict Take(Allowance allowance, bool force = false)
    {
        var key = allowance.Key;
        lock (sync)
        {
            if (byKey.TryGetValue(key, out var node))
            {
                byUse.Remove(node);
            }
            else
            {
                byKey[key] = node = new((key, new SlidingWindow()));
            }

            byUse.AddLast(node);
            if (byKey.Count > Capacity)
            {
                byKey.Remove(byUse.First!.Value.Key);
                byUse.RemoveFirst();
            }

            return node.Value.Window.Take((long)time.GetElapsedTime(start).TotalMilliseconds, allowance, force);
        }
    }
}
