using System.Runtime.CompilerServices;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.DashScope;

/// <summary>
/// One task on one connection. Disposed before it has finished, it hangs up: the service stops its work, and nothing more is sent.
/// <code>run-task ─► task-started ─► continue-task or sound… ─► finish-task; result-generated… ─► task-finished</code>
/// </summary>
internal sealed class DashScopeTask(PoolLease<DashScopeConnection> lease, DashScopeConnections connections) : IAsyncDisposable
{
    private readonly DashScopeConnection connection = lease.Value;
    private readonly string id = Guid.NewGuid().ToString();
    private MuseumException? failure;
    private bool finished;

    public bool WasWarm { get; } = lease.Value.IsWarm;

    public async Task RunAsync(object payload, CancellationToken ct)
    {
        await connection.SendAsync("run-task", id, payload, ct);
        while ((await NextAsync("start a task", ct)).Event?.Header.Event != "task-started")
        {
        }
    }

    public Task ContinueAsync(string text, CancellationToken ct) => connection.SendAsync("continue-task", id, new { input = new { text } }, ct);

    /// <summary>Sound for a recognising task.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> sound, CancellationToken ct) => connection.SendAsync(sound, ct);

    public Task FinishAsync(CancellationToken ct) => connection.SendAsync("finish-task", id, new { input = new { } }, ct);

    /// <summary>Events and sound until the task has finished.</summary>
    public async IAsyncEnumerable<(DashScopeFrame? Event, ReadOnlyMemory<byte> Sound)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var next = await NextAsync("send a result", ct);
            if (next.Event?.Header.Event == "task-finished")
            {
                finished = true;
                yield break;
            }

            yield return next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        connections.Report(finished, failure);
        if (finished)
        {
            connection.IsWarm = true;
            await lease.DisposeAsync();
        }
        else
        {
            await GiveUpAsync();
        }
    }

    /// <summary>Hangs up, and says nothing about the service.</summary>
    public async ValueTask GiveUpAsync()
    {
        connection.HangUp();
        lease.Discard();
        await lease.DisposeAsync();
    }

    private async Task<(DashScopeFrame? Event, ReadOnlyMemory<byte> Sound)> NextAsync(string what, CancellationToken ct)
    {
        try
        {
            return await DashScopeConnection.Service.WithinAsync(
                connections.Options.FirstResultTimeout, connections.Time, what, token => connection.ReceiveAsync(id, token), ct);
        }
        catch (MuseumException e)
        {
            failure = e;
            throw;
        }
    }
}
