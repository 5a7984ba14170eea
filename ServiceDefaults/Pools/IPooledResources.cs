namespace Museum.ServiceDefaults.Pools;

/// <summary>How the resources of a pool are made, judged and ended.</summary>
/// <typeparam name="T">An engine that is expensive to make and serves one renter at a time.</typeparam>
public interface IPooledResources<T>
    where T : class
{
    /// <summary>Loads models, starts processes: takes its time, on no caller's thread.</summary>
    Task<T> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Asked before it is given out and when it comes back, under the pool's lock: no more than a look.</summary>
    bool IsUsable(T resource) => true;

    ValueTask DestroyAsync(T resource);
}
