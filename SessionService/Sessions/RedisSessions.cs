using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using StackExchange.Redis;

namespace Museum.SessionService.Sessions;

/// <summary>
/// Sessions where all replicas see them. Keys:
/// <code>
/// museum:session:{id}            hash {data: JSON, gen: refresh tokens given, at: when the last was, Unix ms}, expires with the session
/// museum:sessions-of:{subject}   sorted set of ids by the time of opening, for everybody but visitors: an account's end ends them
/// </code>
/// Every method throws <c>redis_unavailable</c> while Redis is away.
/// </summary>
internal sealed class RedisSessions(RedisStore redis, TimeProvider time, IOptionsMonitor<SessionOptions> options)
{
    // KEYS session, sessions-of, revoked; ARGV id, data, generation, seconds to live, is it a visitor's, Unix time, refreshed at.
    // Not over what is there, and not what was ended meanwhile: this also brings sessions back that were opened while Redis was away.
    private const string PutScript = """
        if redis.call('ZSCORE', KEYS[3], ARGV[1]) then return 0 end
        if redis.call('EXISTS', KEYS[1]) == 1 then
            if tonumber(redis.call('HGET', KEYS[1], 'gen')) < tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], 'gen', ARGV[3], 'at', ARGV[7]) end
            if redis.call('TTL', KEYS[1]) < tonumber(ARGV[4]) then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
            return 1
        end
        redis.call('HSET', KEYS[1], 'data', ARGV[2], 'gen', ARGV[3], 'at', ARGV[7])
        redis.call('EXPIRE', KEYS[1], ARGV[4])
        if ARGV[5] == '0' then
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[6] - 604800)
            redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1])
            redis.call('EXPIRE', KEYS[2], 604800)
        end
        return 1
        """;

    // KEYS session; ARGV seconds to live from now on, or 0 to leave it as it is. Returns {data, gen, ttl, at}.
    private const string GetScript = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
        if ARGV[1] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
        local stored = redis.call('HMGET', KEYS[1], 'data', 'gen', 'at')
        return {stored[1], stored[2], tostring(redis.call('TTL', KEYS[1])), stored[3] or '0'}
        """;

    // KEYS session; ARGV generation, seconds to live, now and the grace in ms. 2: the one before, just now; 1: counted on; 0: a later one
    // was given; -1: no such session.
    // A higher number than the one here is ours too: it was given by a replica's memory while Redis was away.
    private const string AdvanceScript = """
        local stored = redis.call('HMGET', KEYS[1], 'gen', 'at')
        if not stored[1] then return -1 end
        local behind = stored[1] - ARGV[1]
        if behind == 1 and ARGV[3] - (stored[2] or 0) <= tonumber(ARGV[4]) then return 2 end
        if behind > 0 then return 0 end
        redis.call('HSET', KEYS[1], 'gen', ARGV[1] + 1, 'at', ARGV[3])
        redis.call('EXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    public bool IsConnected => redis.IsConnected;

    /// <returns>False if the session was ended meanwhile.</returns>
    public async Task<bool> PutAsync(LivingSession living, CancellationToken cancellationToken)
    {
        var session = living.Session;
        var now = time.GetUtcNow();
        var left = Math.Max(1, (int)(living.ExpiresAt - now).TotalSeconds);
        var stored = await redis.RunAsync(
            db => db.ScriptEvaluateAsync(
                PutScript,
                [Key(session.Id), KeyOf(session.Subject), RevokedSessions.Key],
                [session.Id, JsonSerializer.Serialize(session, ProtocolJson.Options), living.Generation, left, session.IsVisitor ? 1 : 0, now.ToUnixTimeSeconds(), living.RefreshedAt.ToUnixTimeMilliseconds()]),
            cancellationToken);
        return (int)stored == 1;
    }

    public async Task<LivingSession?> GetAsync(string id, bool touch, CancellationToken cancellationToken)
    {
        var found = await redis.RunAsync(
            db => db.ScriptEvaluateAsync(GetScript, [Key(id)], [touch ? options.CurrentValue.TimeoutSeconds : 0]), cancellationToken);
        if (found.IsNull)
        {
            return null;
        }

        var fields = (string[])found!;
        return new LivingSession(
            JsonSerializer.Deserialize<SessionRecord>(fields[0], ProtocolJson.Options)!,
            long.Parse(fields[1], CultureInfo.InvariantCulture),
            time.GetUtcNow().AddSeconds(int.Parse(fields[2], CultureInfo.InvariantCulture)),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[3], CultureInfo.InvariantCulture)));
    }

    public async Task<Advance> AdvanceAsync(string id, long generation, CancellationToken cancellationToken) =>
        (Advance)(int)await redis.RunAsync(
            db => db.ScriptEvaluateAsync(
                AdvanceScript,
                [Key(id)],
                [generation, options.CurrentValue.TimeoutSeconds, time.GetUtcNow().ToUnixTimeMilliseconds(), (long)LivingSession.Grace.TotalMilliseconds]),
            cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.KeyDeleteAsync(Key(id)), cancellationToken);

    public async Task<IReadOnlyList<string>> IdsOfAsync(string subject, CancellationToken cancellationToken)
    {
        var ids = await redis.RunAsync(db => db.SortedSetRangeByRankAsync(KeyOf(subject)), cancellationToken);
        return [.. ids.Select(id => id.ToString())];
    }

    public Task ForgetIdsOfAsync(string subject, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.KeyDeleteAsync(KeyOf(subject)), cancellationToken);

    private static RedisKey Key(string id) => "museum:session:" + id;

    private static RedisKey KeyOf(string subject) => "museum:sessions-of:" + subject;
}

/// <summary>What became of a refresh token: the next may be given, or is given once more, it had been used before, or its session has ended.</summary>
internal enum Advance
{
    Missing = -1,
    Reused = 0,
    Advanced = 1,
    Repeated = 2,
}
