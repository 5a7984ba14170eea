using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Redis;

/// <summary>
/// The one place that all Redis calls pass. The client has no time-out for asynchronous calls, so this gives them one; without a
/// connection, and while its breaker is open, a call fails at once with <c>redis_unavailable</c> instead of queueing. Connects in the
/// background: nothing waits for Redis.
/// </summary>
public sealed partial class RedisStore(IConfiguration configuration, Capabilities capabilities, Pipelines pipelines, ILogger<RedisStore> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>Name of its pipeline.</summary>
    public const string Pipeline = "redis";

    private readonly Breaker breaker = pipelines.BreakerOf(Pipeline);
    private readonly TaskCompletionSource<ConnectionMultiplexer> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock telling = new();
    private Task? connecting;
    private int connections;
    private volatile bool tookCalls;

    /// <summary>Goes up with every new connection: what was said while there was none has been missed.</summary>
    internal int Connections => Volatile.Read(ref connections);

    /// <summary>A connection is back: what was published while there was none has been missed. Handlers return at once.</summary>
    public event Action? Reconnected;

    /// <summary>False: there is none, and never will be.</summary>
    public bool IsConfigured => configuration.GetConnectionString("redis") is { Length: > 0 };

    /// <summary>Connected, and not known to be silent.</summary>
    public bool IsConnected => HasConnection && !breaker.IsOpen;

    private bool HasConnection => connected.Task is { IsCompletedSuccessfully: true } task && TakesCalls(task.Result);

    /// <summary>
    /// No retries: an increment is not idempotent. A frozen Redis keeps its connections, and every answered question would wait for it
    /// several times; so the second silence within two seconds opens the breaker, and the poll of <see cref="VersionedStateWatcher"/> closes it.
    /// </summary>
    internal static void Defaults(PipelineOptions options)
    {
        (options.Timeout, options.Retries) = (TimeSpan.FromMilliseconds(300), 0);
        (options.BreakerThroughput, options.BreakerWindow, options.BreakFor) = (2, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
    }

    /// <exception cref="DependencyException"><c>redis_unavailable</c>: not connected, too slow, or the call failed.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!LookForConnection())
        {
            throw new DependencyException("redis_unavailable", "The session store is away.");
        }

        var database = (await connected.Task).GetDatabase();
        return await GuardAsync(() => call(database), cancellationToken);
    }

    /// <summary>Calls <paramref name="handler"/> for every message on the channel, from the first connection on and across reconnections.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: the connection broke, or the store was too slow.</exception>
    public async Task SubscribeAsync(string channel, Action<string> handler, CancellationToken cancellationToken)
    {
        var multiplexer = await connected.Task.WaitAsync(cancellationToken);
        await GuardAsync(
            async () =>
            {
                await multiplexer.GetSubscriber().SubscribeAsync(channel, (_, value) => handler(value.ToString()));
                return true;
            },
            cancellationToken);
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
                Reconnected?.Invoke();
            };
            breaker.Changed += () => Tell(multiplexer);
            connected.SetResult(multiplexer);
            Tell(multiplexer);
        }
    }

    /// <summary>The client's own IsConnected is true as soon as its connection for subscriptions is back, when a call would still fail.</summary>
    private static bool TakesCalls(ConnectionMultiplexer multiplexer) => multiplexer.GetDatabase().IsConnected(default);

    /// <summary>The client tells of a connection a moment before a call can use it, so calls look too; there is one every 500 ms at the latest (<see cref="VersionedStateWatcher"/>).</summary>
    private bool LookForConnection()
    {
        var takesCalls = HasConnection;
        if (takesCalls != tookCalls && connected.Task.IsCompletedSuccessfully)
        {
            Tell(connected.Task.Result);
        }

        return takesCalls;
    }

    /// <summary>The client has two connections, for calls and for subscriptions; an event of either is only the occasion to look.</summary>
    private void Tell(ConnectionMultiplexer multiplexer)
    {
        lock (telling)
        {
            tookCalls = TakesCalls(multiplexer);
            var reason = !tookCalls ? "Redis is away." : breaker.IsOpen ? "Redis does not answer." : null;
            capabilities.Report("store", reason is null ? CapabilityState.Ok : CapabilityState.Away, reason);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await pipelines.Of(Pipeline).ExecuteAsync(
                async attempt =>
                {
                    try
                    {
                        // The client knows no cancellation: what it is no longer waited for ends by itself.
                        return await call().WaitAsync(attempt);
                    }
                    // Disposed: this process ends, and somebody still has something to write down.
                    catch (Exception e) when (e is RedisException or ObjectDisposedException)
                    {
                        throw NoAnswer(e);
                    }
                },
                cancellationToken);
        }
        catch (Exception e) when (e is TimeoutRejectedException or BrokenCircuitException)
        {
            throw NoAnswer(e);
        }
    }

    private static DependencyException NoAnswer(Exception cause) => new("redis_unavailable", "The session store did not answer.", cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis connection lost: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);
}
