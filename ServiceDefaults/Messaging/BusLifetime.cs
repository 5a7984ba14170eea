using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>
/// Starts and stops the bus with the host. MassTransit's own service cannot stop a bus that is still starting: its Stop finds nothing
/// ("Not Started"), the start runs on, and in a process that lives longer the replica connects later and takes work that it no longer
/// does. So a start that is under way is cancelled first.
/// </summary>
internal sealed partial class BusLifetime(IBusDepot depot, BrokerConnection connection, ILogger<BusLifetime> logger) : IHostedService, IDisposable
{
    // Work in hand is a sentence or less; what takes longer is given up, and nobody waits for it.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();
    private Task starting = Task.CompletedTask;
    private Task? stopped;

    /// <summary>Returns at once: the bus connects in the background, now or when the broker is there.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        starting = RunStartAsync();
        return Task.CompletedTask;
    }

    /// <summary>Once, whoever asks for it again.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (sync)
        {
            return stopped ??= StopOnceAsync(cancellationToken);
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StopWithin);
        await starting.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await depot.Stop(deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunStartAsync()
    {
        try
        {
            await depot.Start(stopping.Token);
            connection.Started();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // However it ends: it was given up.
        }
        catch (Exception e)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The bus could not be started: no events until the next start")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
