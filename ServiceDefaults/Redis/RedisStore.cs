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
    // Tests on a busy machine are patient; a visitor is not.
    private readonly TimeSpan callTimeout = TimeSpan.FromMilliseconds(configuration.GetValue("Redis:CallTimeoutMs", 500));
    private readonly TaskCompletionSource<ConnectionMultiplexer> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock telling = new();
    private Task? connecting;
    private int connections;

    /// <summary>Goes up with every new connection: what was said while there was none has been missed.</summary>
    internal int Connections => Volatile.Read(ref connections);

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
            return await call((await connected.Task).GetDatabase()).WaitAsync(callTimeout, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or RedisException)
        {
            throw NoAnswer(e);
        }
    }

    /// <summary>Calls <paramref name="handler"/> for every message on the channel, from the first connection on and across reconnections.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: the connection broke, or the store was too slow.</exception>
    public async Task SubscribeAsync(string channel, Action<string> handler, CancellationToken cancellationToken)
    {
        var multiplexer = await connected.Task.WaitAsync(cancellationToken);
        try
        {
            await multiplexer.GetSubscriber().SubscribeAsync(channel, (_, value) => handler(value.ToString())).WaitAsync(callTimeout, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or RedisException)
        {
            throw NoAnswer(e);
        }
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
                Tell(multiplexer);
            };
            multiplexer.ConnectionRestored += (_, _) =>
            {
                Interlocked.Increment(ref connections);
                Tell(multiplexer);
            };
            connected.SetResult(multiplexer);
            Tell(multiplexer);
        }
    }

    /// <summary>The client has two connections, for calls and for subscriptions; an event of either is only the occasion to look.</summary>
    private void Tell(ConnectionMultiplexer multiplexer)
    {
        lock (telling)
        {
            var there = multiplexer.IsConnected;
            capabilities.Report("store", there ? CapabilityState.Ok : CapabilityState.Away, there ? null : "Redis is away.");
        }
    }

    private static DependencyException NoAnswer(Exception cause) => new("redis_unavailable", "The session store did not answer.", cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis connection lost: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);
}
