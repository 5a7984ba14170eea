namespace Museum.AudioService.Sentences;

/// <summary>Lets a number of sentences be made at once; of those that wait, the one that is needed earliest goes first.</summary>
internal sealed class UrgencyGate(int places)
{
    private readonly Lock sync = new();

    // Bounded by the consumer's concurrency: every waiter is one unacknowledged event.
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private int free = places;

    /// <param name="neededBy">Unix ms.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IDisposable> EnterAsync(long neededBy, CancellationToken ct)
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

        await using (ct.Register(() => turn.TrySetCanceled(ct)))
        {
            await turn.Task;
            return new Place(this);
        }
    }

    private void Leave()
    {
        lock (sync)
        {
            // A cancelled waiter cannot be taken out of the middle; it is passed over here.
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
