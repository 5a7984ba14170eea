using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.DashScope;

/// <summary>
/// Starts tasks on the pool's connections: as many as tasks run at once, kept warm between them, because opening one costs three round
/// trips and a task on a warm one costs a single trip.
/// </summary>
internal sealed class DashScopeConnections(ResourcePool<DashScopeConnection> pool, IOptionsMonitor<DashScopeOptions> options, TimeProvider time)
{
    public const string Pool = "dashscope";

    private readonly RemoteHealth health = new(time);

    public DashScopeOptions Options => options.CurrentValue;

    public TimeProvider Time => time;

    // The service closes a connection that was idle for 60 s; whoever waits longer for one than connecting may take has waited long enough.
    public static void SetPool(PoolOptions pool) => (pool.Min, pool.Max, pool.Idle, pool.Timeout) = (0, 8, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(30));

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => options.CurrentValue.Key.Length == 0
        ? ValueTask.FromResult<string?>(DashScopeConnection.Service.NoKey().Message)
        : health.ProbeAsync(KnockAsync, ct);

    /// <summary>A task that has started. <paramref name="payload"/> is that of <c>run-task</c>.</summary>
    public async Task<DashScopeTask> StartAsync(object payload, CancellationToken ct)
    {
        while (true)
        {
            var task = new DashScopeTask(await RentAsync(ct), this);
            try
            {
                await task.RunAsync(payload, ct);
                return task;
            }
            catch (DependencyException e) when (task.WasWarm && DashScopeConnection.Service.IsBrokenOff(e))
            {
                // The service had closed it. Nothing is lost by asking again, and each that turns out dead is one fewer.
                await task.GiveUpAsync();
            }
            catch
            {
                await task.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>How a task ended; null and not finished: it was given up, which says nothing about the service.</summary>
    public void Report(bool finished, MuseumException? failure)
    {
        if (failure is not null)
        {
            health.Report(failure);
        }
        else if (finished)
        {
            health.Well();
        }
    }

    private async Task<PoolLease<DashScopeConnection>> RentAsync(CancellationToken ct)
    {
        try
        {
            return await pool.RentAsync(ct);
        }
        catch (MuseumException e) when (e is not ResourceException { Code: "pool_exhausted" })
        {
            health.Report(e);
            throw;
        }
    }

    private async Task KnockAsync(CancellationToken ct)
    {
        await using var lease = await pool.RentAsync(ct);
        lease.Value.IsWarm = true;
    }
}
