namespace Museum.AudioService.Sentences;

/// <summary>Lets a number of pieces of work be done at once; of those that wait, the one that is needed earliest goes first.</summary>
internal sealed class UrgencyGate(int places)
{
    private readonly Lock sync = new();

    // Bounded by those who enter: every waiter is one unacknowledged event, or a decoder. A waiter that became urgent is in it twice.
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private int free = places;

    /// <param name="neededBy">Unix ms.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="sooner">Completes, if ever, when it turns out to be needed by then already.</param>
    public async Task<IDisposable> EnterAsync(long neededBy, CancellationToken ct, Task<DateTimeOffset>? sooner = null)
    {
        TaskCompletionSource turn;
        lock (sync)
        {
            if (free > 0)
            {
                free--;
                return new Place(this);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn, neededBy);
        }

        _ = sooner?.ContinueWith(then => Hurry(turn, then.Result.ToUnixTimeMilliseconds()), ct, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        await using (ct.Register(() => turn.TrySetCanceled(ct)))
        {
            await turn.Task;
            return new Place(this);
        }
    }

    private void Hurry(TaskCompletionSource turn, long neededBy)
    {
        lock (sync)
        {
            if (!turn.Task.IsCompleted)
            {
                waiting.Enqueue(turn, neededBy);
            }
        }
    }

    private void Leave()
    {
        lock (sync)
        {
            // A waiter that was cancelled, or served by its other entry, cannot be taken out of the middle; it is passed over here.
            while (waiting.TryDequeue(out var next, out _))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            free++;
        }
    }

    private sealed class Place(UrgencyGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
