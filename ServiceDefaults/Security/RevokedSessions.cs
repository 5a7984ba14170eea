using System.Collections.Frozen;
using System.Collections.Immutable;
using Museum.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Security;

/// <summary>
/// Sessions that were ended before their tokens expired. Kept in Redis as a sorted set by the Unix time until which they matter (the
/// longest life of a token), seen by every replica within 500 ms. What is ended while Redis is away is written there when it is back.
/// </summary>
public sealed class RevokedSessions(RedisStore redis, TimeProvider time) : IVersionedState
{
    /// <summary>The sorted set in Redis.</summary>
    public const string Key = "museum:revoked-sessions";

    /// <summary>Longer than any access token lives (10 minutes), with room for clocks.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private FrozenSet<string> stored = FrozenSet<string>.Empty;

    // What this replica ended itself, until when it matters.
    private ImmutableDictionary<string, long> local = ImmutableDictionary<string, long>.Empty;

    // Of those, what the store was not yet told.
    private ImmutableHashSet<string> untold = [];

    /// <summary>Told of sessions when they are first seen to have ended, here or elsewhere; at the first reading, of all that are remembered. Handlers return at once.</summary>
    public event Action<IReadOnlyCollection<string>>? Ended;

    public string Name => "revoked-sessions";

    public bool IsStale => !untold.IsEmpty;

    public bool Contains(string session) => stored.Contains(session) || local.ContainsKey(session);

    /// <summary>Ends a session here at once, and everywhere as soon as the store has it.</summary>
    /// <exception cref="Errors.DependencyException"><c>redis_unavailable</c>: it is ended here, and elsewhere when Redis is back.</exception>
    public async Task RevokeAsync(string session, CancellationToken cancellationToken)
    {
        var until = (time.GetUtcNow() + Memory).ToUnixTimeSeconds();
        ImmutableInterlocked.AddOrUpdate(ref local, session, until, (_, _) => until);
        ImmutableInterlocked.Update(ref untold, (set, id) => set.Add(id), session);
        Ended?.Invoke([session]);
        await TellAsync([session], cancellationToken);
    }

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (session, until) in local)
        {
            if (until <= now)
            {
                ImmutableInterlocked.TryRemove(ref local, session, out _);
            }
        }

        if (IsStale)
        {
            await TellAsync(untold, cancellationToken);
        }

        var before = stored;
        stored = await redis.RunAsync(db => ReadAsync(db, now), cancellationToken);
        if (stored.Except(before).ToList() is { Count: > 0 } ended)
        {
            Ended?.Invoke(ended);
        }
    }

    private async Task TellAsync(IReadOnlyCollection<string> sessions, CancellationToken cancellationToken)
    {
        var entries = sessions.Where(local.ContainsKey).Select(s => new SortedSetEntry(s, local[s])).ToArray();
        if (entries.Length > 0)
        {
            await redis.RunAsync(
                async db =>
                {
                    // In one step: nobody is to be ended and untold of.
                    var change = db.CreateTransaction();
                    _ = change.SortedSetAddAsync(Key, entries);
                    VersionedStateWatcher.Announce(change, Name);
                    return await change.ExecuteAsync();
                },
                cancellationToken);
        }

        ImmutableInterlocked.Update(ref untold, (set, told) => set.Except(told), sessions);
    }

    private static async Task<FrozenSet<string>> ReadAsync(IDatabase db, long now)
    {
        await db.SortedSetRemoveRangeByScoreAsync(Key, double.NegativeInfinity, now);
        return (await db.SortedSetRangeByRankAsync(Key)).Select(s => s.ToString()).ToFrozenSet();
    }
}
