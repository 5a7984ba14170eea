using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Pools;

/// <summary>
/// A bounded pool of expensive engines. The minimum is made in the background, so that no start waits for it or fails with it; one more
/// is made at once whenever somebody waits and the maximum is not reached; who waits is served in order, by what was made or by what
/// came back, whichever is first. While there is none and none can be made, renters are told why at once, and it is tried again
/// after 0.5, 1, 2, 4, then every 5 s.
/// </summary>
public sealed partial class ResourcePool<T> : IPoolReadings, IHostedService, IAsyncDisposable
    where T : class
{
    private readonly Lock sync = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private readonly IPooledResources<T> resources;
    private readonly PoolMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger<ResourcePool<T>> logger;
    private readonly PoolState<T> state;
    private readonly EarliestTimer tending;
    private readonly IDisposable? changes;

    /// <param name="name">Of <c>Pools:NAME</c> and of the metrics' tag.</param>
    /// <param name="resources">Makes and ends them.</param>
    /// <param name="options">Those named <paramref name="name"/> are followed.</param>
    /// <param name="metrics">The service's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For what cannot be made.</param>
    public ResourcePool(string name, IPooledResources<T> resources, IOptionsMonitor<PoolOptions> options, PoolMetrics metrics, TimeProvider time, ILogger<ResourcePool<T>> logger)
    {
        (Name, this.resources, this.metrics, this.time, this.logger) = (name, resources, metrics, time, logger);
        state = new PoolState<T>(resources, time) { Options = options.Get(name) };
        tending = new EarliestTimer(time, Tend);
        changes = options.OnChange((_, _) => Follow(options.Get(name)));
        metrics.Add(this);
    }

    /// <summary>Told of every renter served, and how long it waited: for who adapts to how busy these engines are.</summary>
    public event Action<TimeSpan>? Served;

    public string Name { get; }

    public int Total => state.Total;

    public int Active => state.Active;

    public int Peak => state.Peak;

    public int Waiting => state.Waiting;

    /// <exception cref="ResourceException"><c>pool_exhausted</c>: none became free in time, or too many wait already.</exception>
    /// <exception cref="Exception">Whatever making one threw, while there is none.</exception>
    public ValueTask<PoolLease<T>> RentAsync(CancellationToken cancellationToken)
    {
        List<PooledItem<T>>? unfit = null;
        LinkedListNode<TaskCompletionSource<PooledItem<T>>> waiter;
        lock (sync)
        {
            ObjectDisposedException.ThrowIf(state.Closed, this);
            var item = state.TakeIdle(ref unfit);
            DestroyAll(unfit);
            if (item is not null)
            {
                return ValueTask.FromResult(Lease(item, TimeSpan.Zero));
            }

            if (state.Hopeless is { } failure)
            {
                return ValueTask.FromException<PoolLease<T>>(failure);
            }

            if (state.IsFull)
            {
                throw Exhausted();
            }

            waiter = state.Wait();
            Settle();
        }

        return WaitAsync(waiter, state.Options.Timeout, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Tend();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what is idle and refuses who waits; what is in use ends when it is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (sync)
        {
            if (state.Closed)
            {
                return;
            }

            DestroyAll(state.Close());
            state.RefuseWaiters(new ObjectDisposedException(Name));
            CompleteIfDrained();
        }

        changes?.Dispose();
        metrics.Remove(this);
        await tending.DisposeAsync();
        await closing.CancelAsync();
        await drained.Task;
        closing.Dispose();
    }

    internal ValueTask ReturnAsync(PooledItem<T> item, bool broken)
    {
        lock (sync)
        {
            if (state.Return(item, broken))
            {
                TendInTime();
                return ValueTask.CompletedTask;
            }
        }

        return new(DestroyAsync(item));
    }

    private async ValueTask<PoolLease<T>> WaitAsync(LinkedListNode<TaskCompletionSource<PooledItem<T>>> waiter, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var served = waiter.Value.Task;
        try
        {
            await served.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception e) when (!served.IsFaulted && e is TimeoutException or OperationCanceledException)
        {
            lock (sync)
            {
                if (state.StopWaiting(waiter))
                {
                    throw e is TimeoutException ? Exhausted() : e;
                }
            }

            // It was served, or refused, in the same moment.
            if (e is OperationCanceledException)
            {
                await new PoolLease<T>(this, await served).DisposeAsync();
                throw;
            }
        }

        return Lease(await served, time.GetElapsedTime(began));
    }

    private PoolLease<T> Lease(PooledItem<T> item, TimeSpan waited)
    {
        metrics.Waited(Name, waited);
        Served?.Invoke(waited);
        return new PoolLease<T>(this, item);
    }

    private ResourceException Exhausted()
    {
        metrics.Exhausted(Name);
        return new("pool_exhausted", $"All of \"{Name}\" are in use.") { RetryAfter = state.RetryAfter };
    }

    private void Follow(PoolOptions options)
    {
        lock (sync)
        {
            state.Options = options;
        }

        Tend();
    }

    private void Tend()
    {
        lock (sync)
        {
            tending.Passed();
            DestroyAll(state.TakeOld());
            Settle();
        }
    }

    /// <summary>Makes what is missing, and refuses those who wait for what will not come.</summary>
    private void Settle()
    {
        for (var more = state.Grow(); more > 0; more--)
        {
            // Without the renter's context: the one it waits for may be another.
            ThreadPool.UnsafeQueueUserWorkItem(static pool => _ = pool.CreateAsync(), this, preferLocal: false);
        }

        if (state.Hopeless is { } failure)
        {
            state.RefuseWaiters(failure);
        }

        TendInTime();
        CompleteIfDrained();
    }

    private void TendInTime()
    {
        if (!state.Closed && state.NextTending is { } due)
        {
            tending.NotLaterThan(due);
        }
    }

    private async Task CreateAsync()
    {
        PooledItem<T> item;
        try
        {
            item = new PooledItem<T>(await resources.CreateAsync(closing.Token));
        }
        catch (Exception e)
        {
            if (!closing.IsCancellationRequested)
            {
                LogNotCreated(e, Name);
            }

            lock (sync)
            {
                state.NotCreated(e);
                Settle();
            }

            return;
        }

        metrics.Created(Name);
        lock (sync)
        {
            if (!state.Created(item))
            {
                DestroyAll([item]);
            }

            Settle();
        }
    }

    private void DestroyAll(List<PooledItem<T>>? items) => items?.ForEach(
        item => ThreadPool.UnsafeQueueUserWorkItem(static both => _ = both.Pool.DestroyAsync(both.Item), (Pool: this, Item: item), preferLocal: false));

    private async Task DestroyAsync(PooledItem<T> item)
    {
        try
        {
            await resources.DestroyAsync(item.Value);
        }
        catch (Exception e)
        {
            LogNotDestroyed(e, Name);
        }

        metrics.Destroyed(Name);
        lock (sync)
        {
            state.Destroyed();
            Settle();
        }
    }

    private void CompleteIfDrained()
    {
        if (state.IsDrained)
        {
            drained.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "None could be made for the pool {Pool}")]
    private partial void LogNotCreated(Exception exception, string pool);

    [LoggerMessage(Level = LogLevel.Error, Message = "One of the pool {Pool} could not be ended in good order")]
    private partial void LogNotDestroyed(Exception exception, string pool);
}
