using System.Collections.Frozen;
using Museum.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Security;

/// <summary>
/// Sessions that were ended before their tokens expired. Kept in Redis as a sorted set by the Unix time until which they matter (the
/// longest life of a token), seen by every replica within 500 ms.
/// </summary>
public sealed class RevokedSessions(RedisStore redis, TimeProvider time) : IVersionedState
{
    /// <summary>Longer than any access token lives (10 minutes), with room for clocks.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private const string Key = "museum:revoked-sessions";
    private FrozenSet<string> stored = FrozenSet<string>.Empty;
    private FrozenSet<string> local = FrozenSet<string>.Empty;

    public string Name => "revoked-sessions";

    public bool Contains(string session) => stored.Contains(session) || local.Contains(session);

    /// <summary>Ends a session here at once, and everywhere as soon as the store has it.</summary>
    public async Task RevokeAsync(string session, CancellationToken cancellationToken)
    {
        // Kept here too: without the store this replica at least refuses it.
        local = local.Append(session).ToFrozenSet();
        var until = (time.GetUtcNow() + Memory).ToUnixTimeSeconds();
        await redis.RunAsync(
            async db =>
            {
                await db.SortedSetAddAsync(Key, session, until);
                return await VersionedStateWatcher.AnnounceAsync(db, Name);
            },
            cancellationToken);
    }

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var sessions = await redis.RunAsync(
            async db =>
            {
                await db.SortedSetRemoveRangeByScoreAsync(Key, double.NegativeInfinity, now);
                return await db.SortedSetRangeByRankAsync(Key);
            },
            cancellationToken);
        stored = sessions.Select(s => s.ToString()).ToFrozenSet();
    }
}
