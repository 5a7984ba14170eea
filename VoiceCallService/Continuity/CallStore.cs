using System.Globalization;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Museum.VoiceCallService.Continuity;

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
/// museum:call:{session}      "hash"    holder, epoch, token (SHA-256 of the resume token), call (its id; empty: none), state (JSON), seq
/// museum:call:{session}:log  "zset"    by seq: its turn (0: none), a blank, the message
/// museum:call-over:{call id} "string"  there: the call was ended by POST /api/voice/end; no holder writes it any more
/// museum:calls               "channel" moved {session} {epoch} {holder} | end {call id}
/// </code>
/// The scripts make each step one: who may, and what follows from it. The channel only tells sooner what a holder learns from its next write.
/// </summary>
internal sealed class CallStore(RedisStore redis, HolderIdentity holder)
{
    public const string Channel = "museum:calls";

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(300);

    /// <summary>A holder that was killed said so at most 30 s ago: the time for the visitor counts from then.</summary>
    private static readonly TimeSpan KeptWhileHeld = KeptFor + TimeSpan.FromSeconds(30);

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
                CallScripts.Claim, [Key(session), LogKey(session), Channel], [holder.Id, tokenHash, (long)KeptWhileHeld.TotalSeconds, kind.ToString(), session]))!,
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
            write.State, write.LastSeq, write.Oldest, write.Anew ? "1" : "0", write.CallId ?? "",
        ];
        RedisValue[] arguments = [.. head, .. write.Messages.SelectMany(m => new RedisValue[] { m.Seq, m.Bytes, m.Turn ?? 0 })];
        var result = await redis.RunAsync(
            // No call without an id is ever ended by it.
            async db => (long)await db.ScriptEvaluateAsync(CallScripts.Write, [Key(write.Session), LogKey(write.Session), OverKey(write.CallId ?? "")], arguments),
            cancellationToken);
        return result switch { -1 => Written.Moved, -2 => Written.Raised, -3 => Written.Over, 0 => Written.Forgotten, _ => Written.Done };
    }

    /// <summary>The call is over, whoever holds it: its holder is told, or learns it from its next write, and nobody resumes it.</summary>
    /// <param name="session">Whose call.</param>
    /// <param name="callId">Of POST /api/voice/start.</param>
    /// <param name="life">How long a holder may be kept from the store and still learns it.</param>
    /// <param name="issued">Keys of what opened it, which goes with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: whether it was written is not known; the same may be written again.</exception>
    public Task EndAsync(string session, string callId, TimeSpan life, RedisKey[] issued, CancellationToken cancellationToken) => redis.RunAsync(
        db => db.ScriptEvaluateAsync(CallScripts.End, [Key(session), LogKey(session), OverKey(callId), Channel, .. issued], [callId, (long)life.TotalSeconds]), cancellationToken);

    /// <summary>The visitor has left for good.</summary>
    public async Task TryForgetAsync(string session, long epoch)
    {
        try
        {
            await redis.RunAsync(db => db.ScriptEvaluateAsync(CallScripts.Forget, [Key(session), LogKey(session)], [epoch]), CancellationToken.None);
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

    internal static RedisKey OverKey(string callId) => "museum:call-over:" + callId;

    private static RedisKey Key(string session) => "museum:call:" + session;

    private static RedisKey LogKey(string session) => $"museum:call:{session}:log";
}
