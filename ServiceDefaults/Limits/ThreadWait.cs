namespace Museum.ServiceDefaults.Limits;

/// <summary>How long work waits for a thread of the pool: the queue that everything in a service passes, and that grows when it is given too much.</summary>
public static class ThreadWait
{
    public static async Task<TimeSpan> MeasureAsync(TimeProvider time)
    {
        var queued = time.GetTimestamp();
        var ran = new TaskCompletionSource<long>();
        // In the queue of all threads, not in this thread's own, which it would look into first.
        ThreadPool.UnsafeQueueUserWorkItem(static both => both.ran.SetResult(both.time.GetTimestamp()), (ran, time), preferLocal: false);
        return time.GetElapsedTime(queued, await ran.Task);
    }
}
