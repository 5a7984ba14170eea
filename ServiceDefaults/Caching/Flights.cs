namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// Single flight: who asks for what is being computed already waits for that. A computation goes on as long as anybody waits for it;
/// when the last has given up it is cancelled, and who comes after begins anew.
/// </summary>
internal sealed class Flights<T>
{
    private readonly Lock sync = new();
    private readonly Dictionary<CacheKey, Flight> flights = [];

    public async Task<T> JoinAsync(CacheKey key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Board(key, work);
        try
        {
            return await flight.Result.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    /// <summary>Computes with nobody waiting, unless that is being done already.</summary>
    /// <returns>Ends with the computation, well or not; null: somebody computes it already.</returns>
    public Task? TryStart(CacheKey key, Func<CancellationToken, Task<T>> work, TimeSpan deadline)
    {
        Flight flight;
        lock (sync)
        {
            if (flights.ContainsKey(key))
            {
                return null;
            }

            // It is a passenger of its own: those who join and leave do not end it.
            flights[key] = flight = new Flight { Passengers = 1 };
        }

        flight.Stop.CancelAfter(deadline);
        return FlyAsync(key, flight, work);
    }

    private Flight Board(CacheKey key, Func<CancellationToken, Task<T>> work)
    {
        Flight? flight;
        lock (sync)
        {
            if (flights.TryGetValue(key, out flight))
            {
                flight.Passengers++;
                return flight;
            }

            flights[key] = flight = new Flight { Passengers = 1 };
        }

        _ = FlyAsync(key, flight, work);
        return flight;
    }

    private async Task FlyAsync(CacheKey key, Flight flight, Func<CancellationToken, Task<T>> work)
    {
        try
        {
            var value = await Task.Run(() => work(flight.Stop.Token), CancellationToken.None);
            Land(key, flight);
            flight.Result.SetResult(value);
        }
        catch (OperationCanceledException e) when (flight.Stop.IsCancellationRequested)
        {
            Land(key, flight);
            flight.Result.SetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            Land(key, flight);
            flight.Result.SetException(e);
            // Perhaps nobody is left to look at it.
            _ = flight.Result.Task.Exception;
        }
    }

    private void Leave(CacheKey key, Flight flight)
    {
        lock (sync)
        {
            if (--flight.Passengers > 0 || !Land(key, flight))
            {
                return;
            }
        }

        _ = flight.Stop.CancelAsync();
    }

    /// <returns>False: it was over already.</returns>
    private bool Land(CacheKey key, Flight flight)
    {
        lock (sync)
        {
            return flights.TryGetValue(key, out var current) && current == flight && flights.Remove(key);
        }
    }

    private sealed class Flight
    {
        // Many may wait: none of them runs on the thread that computed.
        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public CancellationTokenSource Stop { get; } = new();
        public int Passengers { get; set; }
    }
}
