namespace Museum.ServiceDefaults.Pools;

/// <summary>The right to use one resource of a pool, until it is disposed; disposing again does nothing.</summary>
public sealed class PoolLease<T> : IAsyncDisposable
    where T : class
{
    private readonly ResourcePool<T> pool;
    private PooledItem<T>? item;
    private bool broken;

    internal PoolLease(ResourcePool<T> pool, PooledItem<T> item) => (this.pool, this.item) = (pool, item);

    public T Value => item?.Value ?? throw new ObjectDisposedException(nameof(PoolLease<>), "This was given back to its pool.");

    /// <summary>It is not fit to be used again: it will be destroyed when it is given back, and another made in its place.</summary>
    public void Discard() => broken = true;

    /// <summary>Gives it back. Takes time only for what is destroyed.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref item, null) is { } mine ? pool.ReturnAsync(mine, broken) : ValueTask.CompletedTask;
}

/// <summary>A resource and what its pool remembers of it.</summary>
internal sealed class PooledItem<T>(T value)
    where T : class
{
    public T Value => value;

    /// <summary>Timestamp of when it was last rented or given back.</summary>
    public long Since { get; set; }
}
