using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Scheduling;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Redis;

/// <summary>State that all replicas agree on: reread whenever its version in the store is another than the one last seen.</summary>
public interface IVersionedState
{
    /// <summary>Key of the version counter: <c>museum:version:{Name}</c>.</summary>
    string Name { get; }

    /// <summary>Something is left to do in the store: reload though the version is the one last seen.</summary>
    bool IsStale => false;

    Task ReloadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Keeps every <see cref="IVersionedState"/> fresh: a publication is a nudge, and a poll every 500 ms sees what a lost nudge would
/// have said. While the store is silent, what was seen last stays.
/// </summary>
public sealed partial class VersionedStateWatcher(IEnumerable<IVersionedState> states, RedisStore redis, ILogger<VersionedStateWatcher> logger) : BackgroundService
{
    private const string Channel = "museum:version";
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, string> seen = [];
    private readonly Nudge nudge = new(TimeProvider.System);
    private int connectionsSeen;

    /// <summary>Says that a state has changed, after it was written.</summary>
    public static Task<bool> AnnounceAsync(IDatabase database, string name)
    {
        var batch = database.CreateTransaction();
        Announce(batch, name);
        return batch.ExecuteAsync();
    }

    /// <summary>Says it together with what changes it.</summary>
    public static void Announce(ITransaction transaction, string name)
    {
        _ = transaction.StringIncrementAsync("museum:version:" + name);
        _ = transaction.PublishAsync(Channel, name);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var all = states.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        var keys = all.Select(s => (RedisKey)("museum:version:" + s.Name)).ToArray();
        var subscribed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!subscribed && redis.IsConnected)
                {
                    await redis.SubscribeAsync(Channel, _ => nudge.Give(), stoppingToken);
                    subscribed = true;
                }

                await PollAsync(all, keys, stoppingToken);
            }
            catch (DependencyException)
            {
                // Away: the next poll finds it back, and then every state is read again.
                seen.Clear();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await nudge.WaitAsync(PollEvery, stoppingToken);
        }
    }

    private async Task PollAsync(IVersionedState[] all, RedisKey[] keys, CancellationToken cancellationToken)
    {
        // A store that went and came back between two polls may be another one with the same numbers.
        if (redis.Connections is var connections && connections != connectionsSeen)
        {
            seen.Clear();
            connectionsSeen = connections;
        }

        var versions = await redis.RunAsync(db => db.StringGetAsync(keys), cancellationToken);
        for (var i = 0; i < all.Length; i++)
        {
            await RefreshAsync(all[i], versions[i].ToString() ?? "", cancellationToken);
        }
    }

    private async Task RefreshAsync(IVersionedState state, string version, CancellationToken cancellationToken)
    {
        if (!state.IsStale && seen.TryGetValue(state.Name, out var last) && last == version)
        {
            return;
        }

        try
        {
            await state.ReloadAsync(cancellationToken);
            seen[state.Name] = version;
            LogRead(logger, state.Name, version);
        }
        catch (Exception e) when (e is not DependencyException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A defect in one state stops neither the others nor the process; the next poll tries again.
            LogFailed(logger, e, state.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{State} could not be read")]
    private static partial void LogFailed(ILogger logger, Exception exception, string state);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{State} read at version {Version}")]
    private static partial void LogRead(ILogger logger, string state, string version);
}
