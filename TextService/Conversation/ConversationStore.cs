using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;
using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <param name="Turn">The turn that it belongs to, counted per session.</param>
/// <param name="FromVisitor">Else the guide's.</param>
/// <param name="Text">Of the guide's words, only what was heard.</param>
internal sealed record HistoryEntry(long Turn, bool FromVisitor, string Text);

/// <summary>
/// What was said in each session, for an hour and at most 20 messages. In Redis, so that every replica knows it; while Redis is away,
/// in this process's memory, of which the sessions that were idle for longest give up theirs when it is short.
/// </summary>
internal sealed class ConversationStore(RedisStore redis, TimeProvider time) : IReleasesMemory, IDisposable
{
    public const int MostMessages = 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    // 2,000 sessions of at most 20 short messages: about 20 MB. Beyond that the least used are dropped.
    private readonly MemoryCache memory = new(new MemoryCacheOptions { SizeLimit = 2_000, CompactionPercentage = 0.1 });

    public string Name => "conversations";

    public int Order => ReleaseOrder.IdleSessions;

    /// <summary>The messages of a session, oldest first; empty when there are none.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> GetAsync(string session, CancellationToken ct)
    {
        try
        {
            // museum:conversation:{session} "string" per session: its messages as JSON, oldest first.
            var stored = await redis.RunAsync(db => db.StringGetAsync(Key(session)), ct);
            if (stored.HasValue)
            {
                return JsonSerializer.Deserialize<List<HistoryEntry>>(stored.ToString()) ?? [];
            }
        }
        catch (DependencyException)
        {
            // Away: this process's own memory is the second best.
        }

        return memory.Get<IReadOnlyList<HistoryEntry>>(session) ?? [];
    }

    /// <summary>Adds a turn's messages, or takes the place of what the turn had so far.</summary>
    public async Task SaveTurnAsync(string session, long turn, string visitor, string guide, CancellationToken ct)
    {
        var entries = (await GetAsync(session, ct)).Where(e => e.Turn != turn).ToList();
        entries.Add(new HistoryEntry(turn, true, visitor));
        if (guide.Length > 0)
        {
            entries.Add(new HistoryEntry(turn, false, guide));
        }

        await WriteAsync(session, entries, ct);
    }

    /// <summary>Of a turn's answer only this was heard: the rest was never said.</summary>
    public async Task HeardAsync(string session, long turn, string heard, CancellationToken ct)
    {
        var entries = await GetAsync(session, ct);
        if (!entries.Any(e => e.Turn == turn && !e.FromVisitor && e.Text != heard))
        {
            return;
        }

        await WriteAsync(session, [.. entries.Select(e => e.Turn == turn && !e.FromVisitor ? e with { Text = heard } : e).Where(e => e.Text.Length > 0)], ct);
    }

    public static IReadOnlyList<PastMessage> ToPast(IEnumerable<HistoryEntry> entries) => [.. entries.Select(e => new PastMessage(e.FromVisitor, e.Text))];

    public long Release()
    {
        const double Half = 0.5;
        const long BytesOfOne = 10 * 1024;
        var before = memory.Count;
        memory.Compact(Half);
        return (before - memory.Count) * BytesOfOne;
    }

    public void Dispose() => memory.Dispose();

    private async Task WriteAsync(string session, List<HistoryEntry> entries, CancellationToken ct)
    {
        IReadOnlyList<HistoryEntry> kept = entries.TakeLast(MostMessages).ToList();
        memory.Set(session, kept, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = time.GetUtcNow() + KeptFor });
        try
        {
            await redis.RunAsync(db => db.StringSetAsync(Key(session), JsonSerializer.Serialize(kept), KeptFor), ct);
        }
        catch (DependencyException)
        {
            // Kept in memory above.
        }
    }

    private static string Key(string session) => "museum:conversation:" + session;
}
