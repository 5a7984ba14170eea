using System.Globalization;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Museum.VoiceCallService.Continuity;

/// <summary>What the store says to a holder that writes.</summary>
internal enum Written
{
    Done,

    /// <summary>It knew nothing of the call (it came back empty): everything has to be written anew.</summary>
    Forgotten,

    /// <summary>Another holder has the call.</summary>
    Moved,

    /// <summary>This holder has just raised the epoch, for a visitor who came back: to be written again with that.</summary>
    Raised,
}

/// <summary>A call that is now this replica's.</summary>
/// <param name="Epoch">Higher than every holder's before.</param>
/// <param name="State">How far it had come; null: it is new.</param>
/// <param name="LastSeq">Of the last message in the log.</param>
/// <param name="Before">The epoch before; 0: the store knew of none.</param>
internal sealed record ClaimedCall(long Epoch, CallState? State, long LastSeq, long Before);

/// <summary>Why a replica claims a call.</summary>
internal enum ClaimKind
{
    /// <summary>A new call takes the place of whatever there is.</summary>
    New,

    /// <summary>The visitor comes back to another replica's call: only with its very token.</summary>
    Resume,

    /// <summary>The visitor comes back to a call that this replica has kept; a store that forgot it learns it anew.</summary>
    Return,
}

/// <summary>
/// Calls in Redis, for 300 s after the last sign of their holder:
/// <code>
/// museum:call:{session}      "hash"    holder, epoch, token (SHA-256 of the resume token), state (JSON), seq
/// museum:call:{session}:log  "zset"    by seq: its turn (0: none), a blank, the message
/// museum:calls               "channel" moved {session} {epoch} {holder} | end {call id}
/// </code>
/// The scripts make each step one: who may, and what follows from it.
/// </summary>
internal sealed class CallStore(RedisStore redis, HolderIdentity holder)
{
    public const string Channel = "museum:calls";

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(300);

    /// <summary>A holder that was killed said so at most 30 s ago: the time for the visitor counts from then.</summary>
    private static readonly TimeSpan KeptWhileHeld = KeptFor + TimeSpan.FromSeconds(30);

    /// <summary>
    /// The epoch is also no lower than the store's clock: a store that came back empty gives no epoch a second time, and an older holder
    /// that still lives cannot take the call back.
    /// </summary>
    private const string ClaimScript = """
        local stored = redis.call('HMGET', KEYS[1], 'epoch', 'token', 'state', 'seq')
        local resumes = ARGV[4] ~= 'New'
        if resumes and stored[2] ~= ARGV[2] and (stored[2] or ARGV[4] == 'Resume') then return {0, '', 0, 0} end
        local epoch = math.max((tonumber(stored[1]) or 0) + 1, tonumber(redis.call('TIME')[1]))
        if not resumes then redis.call('DEL', KEYS[1], KEYS[2]) end
        redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'epoch', string.format('%d', epoch), 'token', ARGV[2])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        redis.call('EXPIRE', KEYS[2], ARGV[3])
        redis.call('PUBLISH', KEYS[3], 'moved ' .. ARGV[5] .. ' ' .. string.format('%d', epoch) .. ' ' .. ARGV[1])
        return {epoch, resumes and stored[3] or '', resumes and tonumber(stored[4]) or 0, tonumber(stored[1]) or 0}
        """;

    private const string WriteScript = """
        local stored = redis.call('HMGET', KEYS[1], 'epoch', 'holder')
        local epoch = tonumber(stored[1])
        if epoch and epoch >= tonumber(ARGV[2]) and stored[2] ~= ARGV[1] then return -1 end
        if epoch and epoch > tonumber(ARGV[2]) then return -2 end
        if ARGV[8] == '1' then redis.call('DEL', KEYS[2]) end
        redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'epoch', ARGV[2], 'token', ARGV[3], 'state', ARGV[5], 'seq', ARGV[6])
        for i = 9, #ARGV, 3 do redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 2] .. ' ' .. ARGV[i + 1]) end
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[7])
        redis.call('EXPIRE', KEYS[1], ARGV[4])
        redis.call('EXPIRE', KEYS[2], ARGV[4])
        return (epoch or ARGV[8] == '1') and 1 or 0
        """;

    private const string ForgetScript = """
        if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
        return 1
        """;

    /// <param name="session">Whose call.</param>
    /// <param name="tokenHash">Of the resume token.</param>
    /// <param name="kind">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null: there is no such call to resume.</returns>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>.</exception>
    public async Task<ClaimedCall?> ClaimAsync(string session, string tokenHash, ClaimKind kind, CancellationToken cancellationToken)
    {
        var result = await redis.RunAsync(
            async db => (RedisResult[])(await db.ScriptEvaluateAsync(
                ClaimScript, [Key(session), LogKey(session), Channel], [holder.Id, tokenHash, (long)KeptWhileHeld.TotalSeconds, kind.ToString(), session]))!,
            cancellationToken);
        var epoch = (long)result[0];
        if (epoch == 0)
        {
            return null;
        }

        var state = (string?)result[1] is { Length: > 0 } json ? JsonSerializer.Deserialize<CallState>(json, ProtocolJson.Options) : null;
        return new ClaimedCall(epoch, state, (long)result[2], (long)result[3]);
    }

    /// <summary>Whether that is the token of a call that can be resumed.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>.</exception>
    public Task<bool> KnowsAsync(string session, string tokenHash, CancellationToken cancellationToken) =>
        redis.RunAsync(async db => await db.HashGetAsync(Key(session), "token") == tokenHash, cancellationToken);

    /// <summary>Everything of a call's log above a number, oldest first.</summary>
    public Task<LoggedMessage[]> ReadAsync(string session, long after, CancellationToken cancellationToken) => redis.RunAsync(
        async db => (LoggedMessage[])[.. (await db.SortedSetRangeByScoreWithScoresAsync(LogKey(session), after + 1)).Select(e => Read((long)e.Score, (byte[])e.Element!))],
        cancellationToken);

    /// <exception cref="DependencyException"><c>redis_unavailable</c>: whether it was written is not known; the same may be written again.</exception>
    public async Task<Written> WriteAsync(LogWrite write, CancellationToken cancellationToken)
    {
        RedisValue[] head =
        [
            holder.Id, write.Epoch, write.TokenHash, (long)(write.IsLast ? KeptFor : KeptWhileHeld).TotalSeconds,
            write.State, write.LastSeq, write.Oldest, write.Anew ? "1" : "0",
        ];
        RedisValue[] arguments = [.. head, .. write.Messages.SelectMany(m => new RedisValue[] { m.Seq, m.Bytes, m.Turn ?? 0 })];
        var result = await redis.RunAsync(
            async db => (long)await db.ScriptEvaluateAsync(WriteScript, [Key(write.Session), LogKey(write.Session)], arguments), cancellationToken);
        return result switch { -1 => Written.Moved, -2 => Written.Raised, 0 => Written.Forgotten, _ => Written.Done };
    }

    /// <summary>The visitor has left for good.</summary>
    public async Task TryForgetAsync(string session, long epoch)
    {
        try
        {
            await redis.RunAsync(db => db.ScriptEvaluateAsync(ForgetScript, [Key(session), LogKey(session)], [epoch]), CancellationToken.None);
        }
        catch (DependencyException)
        {
            // It goes by itself.
        }
    }

    /// <summary><c>3 {"version":…}</c></summary>
    private static LoggedMessage Read(long seq, byte[] entry)
    {
        var blank = entry.AsSpan().IndexOf((byte)' ');
        var turn = long.Parse(entry.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture);
        return new LoggedMessage(seq, turn > 0 ? turn : null, entry[(blank + 1)..]);
    }

    private static RedisKey Key(string session) => "museum:call:" + session;

    private static RedisKey LogKey(string session) => $"museum:call:{session}:log";
}

/// <summary>What a holder writes at once.</summary>
internal sealed record LogWrite(string Session, long Epoch, string TokenHash, byte[] State, long LastSeq, long Oldest, IReadOnlyList<LoggedMessage> Messages)
{
    /// <summary>These are all there are: what the store has besides is void.</summary>
    public bool Anew { get; init; }

    /// <summary>No socket: the call waits to be resumed, and its 300 s run.</summary>
    public bool IsLast { get; init; }
}
