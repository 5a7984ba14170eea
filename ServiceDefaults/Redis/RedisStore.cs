using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Redis;

/// <summary>
/// The one place that all Redis calls pass. The client has no time-out for asynchronous calls, so this gives them one; without a
/// connection a call fails at once with <c>redis_unavailable</c> instead of queueing. Connects in the background: nothing waits for Redis.
/// </summary>
public sealed partial class RedisStore(IConfiguration configuration, Capabilities capabilities, ILogger<RedisStore> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMilliseconds(500);
    private readonly TaskCompletionSource<ConnectionMultiplexer> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? connecting;

    public bool IsConnected => connected.Task is { IsCompletedSuccessfully: true } task && task.Result.IsConnected;

    /// <exception cref="DependencyException"><c>redis_unavailable</c>: not connected, too slow, or the call failed.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!IsConnected)
        {
            throw new DependencyException("redis_unavailable", "The session store is away.");
        }

        try
        {
            return await call((await connected.Task).GetDatabase()).WaitAsync(CallTimeout, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or RedisException)
        {
            throw new DependencyException("redis_unavailable", "The session store did not answer.", e);
        }
    }

    /// <summary>Calls <paramref name="handler"/> for every message on the channel, from the first connection on and across reconnections.</summary>
    public async Task SubscribeAsync(string channel, Action<string> handler, CancellationToken cancellationToken)
    {
        var multiplexer = await connected.Task.WaitAsync(cancellationToken);
        await multiplexer.GetSubscriber().SubscribeAsync(channel, (_, value) => handler(value.ToString())).WaitAsync(CallTimeout, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("redis") is { Length: > 0 } connection)
        {
            connecting = ConnectAsync(connection);
        }
        else
        {
            capabilities.Report("store", CapabilityState.Away, "No Redis is configured (ConnectionStrings:redis).");
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.TrySetResult();
        await (connecting ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (connected.Task.IsCompletedSuccessfully)
        {
            (await connected.Task).Dispose();
        }
    }

    private async Task ConnectAsync(string connection)
    {
        capabilities.Report("store", CapabilityState.Away, "Redis is not connected yet.");
        var options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2000;
        options.KeepAlive = 5;
        var attempt = ConnectionMultiplexer.ConnectAsync(options);
        if (await Task.WhenAny(attempt, stopping.Task) == attempt)
        {
            var multiplexer = await attempt;
            multiplexer.ConnectionFailed += (_, e) =>
            {
                LogLost(logger, e.FailureType.ToString());
                capabilities.Report("store", CapabilityState.Away, "Redis is away.");
            };
            multiplexer.ConnectionRestored += (_, _) => capabilities.Report("store", CapabilityState.Ok);
            connected.SetResult(multiplexer);
            capabilities.Report("store", multiplexer.IsConnected ? CapabilityState.Ok : CapabilityState.Away, multiplexer.IsConnected ? null : "Redis is away.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis connection lost: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);
}
