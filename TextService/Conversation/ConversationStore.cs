using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using StackExchange.Redis;

namespace Museum.TextService.Conversation;

/// <summary>
/// What was said in each session. In Redis, so that every replica knows it; while Redis is away, in this process's memory, of which the
/// sessions that were idle for longest give up theirs when it is short.
/// <code>
/// museum:talk:{session}   "hash" per session, kept for Conversation:KeptMinutes after its last turn:
///   t:{turn}              the turn as it was answered
///   h:{turn}              what was heard of it, where that is less; written by the next turn, perhaps before the turn itself is
///   digest                the turns before, in short; of what is in it the fields are gone
/// museum:talks-of:{session}   "set" of the keys of the conversations that its visitor has named
/// </code>
/// A field is written by one turn alone, so turns of one session that overlap, on whichever replicas, take nothing from each other.
/// </summary>
internal sealed class ConversationStore(RedisStore redis, RevokedSessions revoked, IOptionsMonitor<ConversationOptions> options, TimeProvider time) : IReleasesMemory, IDisposable
{
    private const string TurnField = "t:";
    private const string HeardField = "h:";
    private const string DigestField = "digest";

    // Of at most 40 turns one or two fields each. Who sends more has written them himself.
    private const int MostFields = 200;

    // In bytes: 2,000 sessions of some short turns. Beyond that the least used are dropped.
    private const long MostBytes = 32 * 1024 * 1024;
    private readonly MemoryCache memory = new(new MemoryCacheOptions { SizeLimit = MostBytes, CompactionPercentage = 0.1 });

    private readonly Lock keeping = new();

    public string Name => "conversations";

    public int Order => ReleaseOrder.IdleSessions;

    public async Task<Recollection> RecallAsync(string session, CancellationToken ct) => Read((await FieldsAsync(session, ct)).Fields);

    /// <summary>Adds a turn, or takes the place of what was there of it.</summary>
    public async Task SaveAsync(string session, RememberedTurn turn, CancellationToken ct)
    {
        if (revoked.Contains(Owner(session)))
        {
            return;
        }

        var settings = options.CurrentValue;
        await WriteAsync(session, TurnField + Text(turn.Turn), Json(turn.Within(settings.HistoryTokens / 2)), ct);
        var (fields, stored) = await FieldsAsync(session, ct);
        if (Read(fields).Folded(settings) is { } folded)
        {
            await FoldAsync(session, fields.Keys, folded.Digest, stored, ct);
        }

        await ForgetEndedAsync(session, ct);
    }

    /// <summary>Of a turn's answer only this was heard: the rest was never said. No more of it is kept than of the answer, nor of more turns than a session has.</summary>
    public async Task HeardAsync(string session, long turn, string heard, CancellationToken ct)
    {
        if (turn < 1 || revoked.Contains(Owner(session)) || await LengthAsync(session, ct) >= MostFields)
        {
            return;
        }

        var told = new RememberedTurn { Turn = turn, Asked = "", Told = heard }.Within(options.CurrentValue.HistoryTokens / 2).Told;
        await WriteAsync(session, HeardField + Text(turn), told, ct);
        await ForgetEndedAsync(session, ct);
    }

    /// <summary>Deletes what a session remembers, and every conversation that its visitor has named.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: it is gone here, and not yet there.</exception>
    public async Task ForgetAsync(string session, CancellationToken ct)
    {
        foreach (var known in memory.Keys.OfType<string>().Where(k => Owner(k) == session))
        {
            memory.Remove(known);
        }

        await redis.RunAsync(
            async db =>
            {
                var named = await db.SetMembersAsync(NamedKey(session));
                return await db.KeyDeleteAsync([Key(session), NamedKey(session), .. named.Select(n => Key(n.ToString()))]);
            },
            ct);
    }

    public long Release()
    {
        const double Half = 0.5;
        const long BytesOfOne = 10 * 1024;
        var before = memory.Count;
        memory.Compact(Half);
        return (before - memory.Count) * BytesOfOne;
    }

    public void Dispose() => memory.Dispose();

    private static Recollection Read(Dictionary<string, string> fields)
    {
        var digest = fields.TryGetValue(DigestField, out var json) ? Json<Digest>(json) : Digest.Empty;
        return new Recollection(digest, [.. fields
            .Where(f => f.Key.StartsWith(TurnField, StringComparison.Ordinal))
            .Select(f => Json<RememberedTurn>(f.Value))
            // Another replica has folded it while this one wrote.
            .Where(t => t.Turn > digest.Through)
            .Select(t => fields.TryGetValue(HeardField + Text(t.Turn), out var heard) ? t.Heard(heard) : t)
            .OrderBy(t => t.Turn)]);
    }

    /// <returns>What is known of a session, and the digest as Redis has it; null: it has none.</returns>
    private async Task<(Dictionary<string, string> Fields, string? Stored)> FieldsAsync(string session, CancellationToken ct)
    {
        string? stored = null;
        var kept = memory.Get<ConcurrentDictionary<string, string>>(session);
        var fields = kept is null ? [] : new Dictionary<string, string>(kept);
        try
        {
            foreach (var field in await redis.RunAsync(db => db.HashGetAllAsync(Key(session)), ct))
            {
                // What was folded here while Redis was away is further than what it knows.
                var name = field.Name.ToString();
                stored = name == DigestField ? field.Value.ToString() : stored;
                if (name != DigestField || !fields.TryGetValue(name, out var here) || Json<Digest>(here).Through < Json<Digest>(field.Value.ToString()).Through)
                {
                    fields[name] = field.Value.ToString();
                }
            }
        }
        catch (DependencyException)
        {
            // Away: this process's own memory is the second best.
        }

        return (fields, stored);
    }

    // The session may have ended between the look and the writing.
    private async Task ForgetEndedAsync(string session, CancellationToken ct)
    {
        if (!revoked.Contains(Owner(session)))
        {
            return;
        }

        try
        {
            await ForgetAsync(Owner(session), ct);
        }
        catch (DependencyException)
        {
            // What could not be deleted now has its time.
        }
    }

    // Not a condition of the writing: turns that overlap would then undo each other's.
    private async Task<long> LengthAsync(string session, CancellationToken ct)
    {
        long here = memory.Get<ConcurrentDictionary<string, string>>(session)?.Count ?? 0;
        try
        {
            return Math.Max(here, await redis.RunAsync(db => db.HashLengthAsync(Key(session)), ct));
        }
        catch (DependencyException)
        {
            return here;
        }
    }

    private async Task WriteAsync(string session, string field, string value, CancellationToken ct)
    {
        lock (keeping)
        {
            var kept = memory.Get<ConcurrentDictionary<string, string>>(session) ?? new();
            kept[field] = value;
            var bytes = kept.Sum(f => sizeof(char) * (long)(f.Key.Length + f.Value.Length));
            memory.Set(session, kept, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpiration = time.GetUtcNow() + options.CurrentValue.KeptFor });
        }

        await TryAsync(
            writing =>
            {
                _ = writing.HashSetAsync(Key(session), field, value);
                _ = writing.KeyExpireAsync(Key(session), options.CurrentValue.KeptFor);
                if (Owner(session) is var owner && owner != session)
                {
                    _ = writing.SetAddAsync(NamedKey(owner), session);
                    _ = writing.KeyExpireAsync(NamedKey(owner), options.CurrentValue.KeptFor);
                }
            },
            ct);
    }

    private async Task FoldAsync(string session, IEnumerable<string> fields, Digest digest, string? stored, CancellationToken ct)
    {
        string[] gone = [.. fields.Where(f => f[1..].StartsWith(':') && long.Parse(f.AsSpan(2), CultureInfo.InvariantCulture) <= digest.Through)];
        var kept = memory.Get<ConcurrentDictionary<string, string>>(session);
        if (kept is not null)
        {
            kept[DigestField] = Json(digest);
            Array.ForEach(gone, f => kept.TryRemove(f, out _));
        }

        await TryAsync(
            writing =>
            {
                // What was deleted meanwhile stays so.
                writing.AddCondition(Condition.KeyExists(Key(session)));
                // Two replicas that fold at once: the first one's counts.
                writing.AddCondition(stored is not null ? Condition.HashEqual(Key(session), DigestField, stored) : Condition.HashNotExists(Key(session), DigestField));
                _ = writing.HashSetAsync(Key(session), DigestField, Json(digest));
                _ = writing.HashDeleteAsync(Key(session), [.. gone.Select(f => (RedisValue)f)]);
                _ = writing.KeyExpireAsync(Key(session), options.CurrentValue.KeptFor);
            },
            ct);
    }

    private async Task TryAsync(Action<ITransaction> write, CancellationToken ct)
    {
        try
        {
            await redis.RunAsync(
                db =>
                {
                    var writing = db.CreateTransaction();
                    write(writing);
                    return writing.ExecuteAsync();
                },
                ct);
        }
        catch (DependencyException)
        {
            // Kept in memory.
        }
    }

    // A visitor's own names for conversations come after the session's: see Sessions.
    private static string Owner(string session) => session.Split('/', 2)[0];

    private static string Text(long turn) => turn.ToString(CultureInfo.InvariantCulture);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);

    private static T Json<T>(string value) => JsonSerializer.Deserialize<T>(value, ProtocolJson.Options)!;

    private static RedisKey Key(string session) => "museum:talk:" + session;

    private static RedisKey NamedKey(string session) => "museum:talks-of:" + session;
}
