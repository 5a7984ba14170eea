using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.DashScope;

/// <summary>
/// The connections to DashScope: as many as tasks run at once, kept warm between them, because opening one costs three round trips and
/// a task on a warm one costs a single trip.
/// </summary>
internal sealed class DashScopeConnections(IOptions<DashScopeOptions> options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim free = new(options.Value.Connections);
    private readonly Stack<DashScopeConnection> idle = [];
    private readonly Lock sync = new();
    private readonly RemoteHealth health = new(time);

    public DashScopeOptions Options => options.Value;

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => options.Value.Key.Length == 0
        ? ValueTask.FromResult<string?>(DashScopeConnection.Service.NoKey().Message)
        : health.ProbeAsync(async token => Keep(await DashScopeConnection.OpenAsync(options.Value, token)), ct);

    /// <summary>A task that has started. <paramref name="payload"/> is that of <c>run-task</c>.</summary>
    public async Task<DashScopeTask> StartAsync(object payload, CancellationToken ct)
    {
        if (!await free.WaitAsync(options.Value.ConnectTimeout, ct))
        {
            throw new ResourceException("dashscope_busy", "All connections to DashScope are in use.");
        }

        try
        {
            // The service may have closed a warm one a moment ago, which only its use can tell; nothing is lost by asking again.
            return TakeWarm() is { } warm && await TryStartAsync(warm, payload, ct) is { } started
                ? started
                : await StartAsync(await DashScopeConnection.OpenAsync(options.Value, ct), payload, ct);
        }
        catch (MuseumException e)
        {
            health.Report(e);
            free.Release();
            throw;
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <summary>From a task that is over: <paramref name="failure"/> null and not finished means that it was given up.</summary>
    public void Return(DashScopeConnection connection, bool finished, MuseumException? failure)
    {
        if (finished)
        {
            health.Well();
            Keep(connection);
        }
        else
        {
            connection.HangUp();
        }

        if (failure is not null)
        {
            health.Report(failure);
        }

        free.Release();
    }

    public async ValueTask DisposeAsync()
    {
        while (TakeWarm() is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>Null: the connection was dead already.</summary>
    private async Task<DashScopeTask?> TryStartAsync(DashScopeConnection warm, object payload, CancellationToken ct)
    {
        try
        {
            return await StartAsync(warm, payload, ct);
        }
        catch (DependencyException e) when (DashScopeConnection.Service.IsBrokenOff(e))
        {
            return null;
        }
    }

    private async Task<DashScopeTask> StartAsync(DashScopeConnection connection, object payload, CancellationToken ct)
    {
        var task = new DashScopeTask(connection, this);
        try
        {
            await task.RunAsync(payload, ct);
            return task;
        }
        catch
        {
            connection.HangUp();
            throw;
        }
    }

    private void Keep(DashScopeConnection connection)
    {
        connection.IdleSince = time.GetUtcNow();
        lock (sync)
        {
            if (idle.Count < options.Value.Connections)
            {
                idle.Push(connection);
                return;
            }
        }

        connection.HangUp();
    }

    private DashScopeConnection? TakeWarm()
    {
        lock (sync)
        {
            while (idle.TryPop(out var connection))
            {
                if (connection.IsOpen && time.GetUtcNow() - connection.IdleSince < options.Value.KeepWarm)
                {
                    return connection;
                }

                connection.HangUp();
            }

            return null;
        }
    }
}
