using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Pools;

/// <summary>Whether a pool can serve, for who watches a capability.</summary>
public static class PoolProbe
{
    /// <summary>Null: there is one, or one can be made. Otherwise why not.</summary>
    public static async ValueTask<Exception?> ProbeAsync<T>(this ResourcePool<T> pool, CancellationToken cancellationToken)
        where T : class
    {
        if (pool.Total > 0)
        {
            return null;
        }

        try
        {
            await using var lease = await pool.RentAsync(cancellationToken);
            return null;
        }
        catch (ResourceException)
        {
            // All are in use: so there are some.
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e;
        }
    }
}
