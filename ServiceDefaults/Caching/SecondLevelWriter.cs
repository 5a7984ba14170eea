using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Caching;

/// <summary>Writes to the second level behind the requests, in order. When it cannot keep up, new writes are dropped: a cache may forget.</summary>
internal sealed partial class SecondLevelWriter(ILogger<SecondLevelWriter> logger) : BackgroundService
{
    // Of sentences of 5 s these are 20 MB: what a disk that stalls for a second may cost.
    private const int Capacity = 128;

    private readonly Channel<Func<CancellationToken, Task>> writes =
        Channel.CreateBounded<Func<CancellationToken, Task>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <returns>False: too much waits already.</returns>
    public bool TryAdd(Func<CancellationToken, Task> write) => writes.Writer.TryWrite(write);

    /// <summary>Waits for its turn, and for the end.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await writes.Writer.WriteAsync(
            async token =>
            {
                try
                {
                    await write(token);
                }
                finally
                {
                    done.TrySetResult();
                }
            },
            cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var write in writes.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await write(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    // The value is in memory; whoever needs it elsewhere computes it.
                    LogFailed(logger, e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A value could not be written to the second level: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
