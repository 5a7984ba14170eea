namespace Museum.ServiceDefaults.Pools;

/// <summary>What a pool has, who waits, and what should be done about it. Guarded by the pool's lock.</summary>
internal sealed class PoolState<T>(IPooledResources<T> resources, TimeProvider time)
    where T : class
{
    // Used from its end, so that what is not needed grows old at its beginning.
    private readonly List<PooledItem<T>> idle = [];
    private readonly LinkedList<TaskCompletionSource<PooledItem<T>>> waiters = new();
    private double averageUse;
    private int leaving;
    private int creating;

    public required PoolOptions Options { get; set; }

    public PoolGrowth Growth { get; } = new(time);

    public bool Closed { get; private set; }

    /// <summary>In use, idle, or on their way out.</summary>
    public int Total { get; private set; }

    public int Active { get; private set; }

    public int Peak { get; private set; }

    public int Waiting => waiters.Count;

    /// <summary>As many wait as may, those not counted for whom there is still room to make one.</summary>
    public bool IsFull => Waiting >= Options.Waiting + Math.Max(0, Options.Max - Total);

    public bool IsDrained => Closed && creating == 0 && Total == Active;

    /// <summary>Why nobody can be served: there is none, none is being made, and it is too early to try again.</summary>
    public Exception? Hopeless => Staying == 0 && creating == 0 && Growth.Pause > TimeSpan.Zero ? Growth.Failure : null;

    /// <summary>Until something is to be tended to: another attempt, or an idle one that has become old. Null: nothing is.</summary>
    public TimeSpan? NextTending =>
        Growth.Pause is var pause && pause > TimeSpan.Zero && (Staying < Options.Min || Waiting > 0) ? pause
        : Staying > Options.Min && idle.Count > 0 ? Options.Idle - time.GetElapsedTime(idle[0].Since)
        : null;

    private int Staying => Total - leaving;

    /// <summary>The one that was used last, if it is fit; the unfit go to <paramref name="unfit"/>.</summary>
    public PooledItem<T>? TakeIdle(ref List<PooledItem<T>>? unfit)
    {
        while (idle.Count > 0)
        {
            var item = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            if (resources.IsUsable(item.Value))
            {
                return Rent(item, time.GetTimestamp());
            }

            leaving++;
            (unfit ??= []).Add(item);
        }

        return null;
    }

    public LinkedListNode<TaskCompletionSource<PooledItem<T>>> Wait() =>
        waiters.AddLast(new TaskCompletionSource<PooledItem<T>>(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <returns>False: it has been served, or refused, already.</returns>
    public bool StopWaiting(LinkedListNode<TaskCompletionSource<PooledItem<T>>> waiter)
    {
        if (waiter.List is null)
        {
            return false;
        }

        waiters.Remove(waiter);
        return true;
    }

    public void RefuseWaiters(Exception reason)
    {
        while (waiters.First is { } first)
        {
            waiters.RemoveFirst();
            first.Value.SetException(reason);
        }
    }

    /// <summary>How many should be made now: one for each who waits, and the minimum, within the maximum. They count as being made.</summary>
    public int Grow()
    {
        if (Closed || Growth.Pause > TimeSpan.Zero)
        {
            return 0;
        }

        var missing = Math.Max(Waiting, Options.Min - Staying) - creating;
        var more = Math.Max(0, Math.Min(missing, Options.Max - Total - creating));
        creating += more;
        return more;
    }

    /// <returns>False: the pool was closed meanwhile; it counts as leaving.</returns>
    public bool Created(PooledItem<T> item)
    {
        creating--;
        Total++;
        Growth.Succeeded();
        if (Closed)
        {
            leaving++;
            return false;
        }

        Serve(item, time.GetTimestamp());
        return true;
    }

    public void NotCreated(Exception failure)
    {
        creating--;
        Growth.Failed(failure);
    }

    /// <returns>False: it is broken, or one too many; it counts as leaving.</returns>
    public bool Return(PooledItem<T> item, bool broken)
    {
        Active--;
        var now = time.GetTimestamp();
        var used = time.GetElapsedTime(item.Since, now).TotalSeconds;
        averageUse = averageUse == 0 ? used : averageUse + (0.1 * (used - averageUse));
        if (broken || Closed || Staying > Options.Max || !resources.IsUsable(item.Value))
        {
            leaving++;
            return false;
        }

        Serve(item, now);
        return true;
    }

    public void Destroyed()
    {
        leaving--;
        Total--;
    }

    /// <summary>Those nobody has wanted for long, down to the minimum; they count as leaving.</summary>
    public List<PooledItem<T>> TakeOld()
    {
        var old = idle.Take(Math.Max(0, Staying - Options.Min)).TakeWhile(item => time.GetElapsedTime(item.Since) >= Options.Idle).ToList();
        idle.RemoveRange(0, old.Count);
        leaving += old.Count;
        return old;
    }

    /// <summary>Nothing is given out any more; what is idle counts as leaving.</summary>
    public List<PooledItem<T>> Close()
    {
        Closed = true;
        List<PooledItem<T>> last = [.. idle];
        idle.Clear();
        leaving += last.Count;
        return last;
    }

    /// <summary>When one should be free for another who asks now, by how long they have been used of late.</summary>
    public TimeSpan RetryAfter => TimeSpan.FromSeconds(Math.Clamp(averageUse * (Waiting + 1) / Options.Max, 1, 30));

    private void Serve(PooledItem<T> item, long now)
    {
        if (waiters.First is { } first)
        {
            waiters.RemoveFirst();
            first.Value.SetResult(Rent(item, now));
        }
        else
        {
            item.Since = now;
            idle.Add(item);
        }
    }

    private PooledItem<T> Rent(PooledItem<T> item, long now)
    {
        item.Since = now;
        Active++;
        Peak = Math.Max(Peak, Active);
        return item;
    }
}
