using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Sessions;

/// <summary>
/// Sessions, in Redis when it is there. While it is away visitors come and stay by this replica's memory, and after it came back what
/// the memory holds is written there before anything else is asked of it. Who may do more than a visitor has to wait:
/// <c>redis_unavailable</c>, for nobody could tell them that their session was ended.
/// </summary>
internal sealed partial class SessionStore : IDisposable
{
    // Lua calls in flight during a write-back; 20,000 sessions take about a second.
    private const int WriteBackAtOnce = 256;

    private readonly RedisSessions redis;
    private readonly MemorySessions memory;
    private readonly RevokedSessions revoked;
    private readonly ILogger<SessionStore> logger;
    private readonly SemaphoreSlim writingBack = new(1, 1);
    private int timesAway = 1;
    private volatile int writtenBackAfter;

    public SessionStore(RedisSessions redis, MemorySessions memory, RevokedSessions revoked, Capabilities capabilities, ILogger<SessionStore> logger)
    {
        (this.redis, this.memory, this.revoked, this.logger) = (redis, memory, revoked, logger);
        capabilities.Changed += (name, reading) =>
        {
            if (name == "store" && reading.State == CapabilityState.Away)
            {
                NoteAway();
            }
        };
    }

    private bool OwesWriteBack => Volatile.Read(ref timesAway) != writtenBackAfter;

    /// <exception cref="DependencyException"><c>redis_unavailable</c>: the session may do more than a visitor's, and Redis is away.</exception>
    public Task<LivingSession> OpenAsync(SessionRecord session, CancellationToken cancellationToken)
    {
        var living = memory.Put(session, 1);
        return TryAsync(
            session.IsPrivileged,
            async () =>
            {
                await redis.PutAsync(living, cancellationToken);
                return living;
            },
            () => living,
            cancellationToken);
    }

    /// <summary>The living session of this id. <paramref name="touch"/>: this is a use, the time to live starts again.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: Redis is away, and the session privileged or not known here.</exception>
    public async Task<LivingSession?> FindAsync(string id, bool touch, CancellationToken cancellationToken)
    {
        if (revoked.Contains(id))
        {
            return null;
        }

        var known = memory.Get(id, touch);
        return await TryAsync(
            known?.Session.IsPrivileged is true,
            async () => Remember(id, await redis.GetAsync(id, touch, cancellationToken), touch),
            () => known ?? throw Unknown(),
            cancellationToken);
    }

    /// <summary>Counts a refresh token on: the last one given is good, and for a minute the one before it.</summary>
    /// <exception cref="DependencyException">As for <see cref="FindAsync"/>.</exception>
    public async Task<Advance> AdvanceAsync(string id, long generation, CancellationToken cancellationToken)
    {
        var known = memory.Get(id, touch: false);
        return await TryAsync(
            known?.Session.IsPrivileged is true,
            async () =>
            {
                var advance = await redis.AdvanceAsync(id, generation, cancellationToken);
                if (advance == Advance.Advanced)
                {
                    memory.Advance(id, generation);
                }

                return advance;
            },
            () => memory.Advance(id, generation) is var advance and not Advance.Missing ? advance : throw Unknown(),
            cancellationToken);
    }

    /// <summary>Ends a session: its tokens are refused here at once and everywhere within a second.</summary>
    /// <returns>False while Redis is away: then the other services hear of it when it is back.</returns>
    public async Task<bool> EndAsync(string id, CancellationToken cancellationToken)
    {
        memory.Remove(id);
        try
        {
            await revoked.RevokeAsync(id, cancellationToken);
            await redis.RemoveAsync(id, cancellationToken);
            return true;
        }
        catch (DependencyException)
        {
            NoteAway();
            return false;
        }
    }

    /// <summary>Ends all sessions of an account or API key.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>.</exception>
    public async Task EndAllOfAsync(string subject, string? except, CancellationToken cancellationToken)
    {
        foreach (var id in await redis.IdsOfAsync(subject, cancellationToken))
        {
            if (id != except)
            {
                await EndAsync(id, cancellationToken);
            }
        }
    }

    /// <summary>Drops what has expired, and brings Redis up to date if it was away.</summary>
    public async Task MaintainAsync(CancellationToken cancellationToken)
    {
        memory.RemoveExpired();
        if (OwesWriteBack)
        {
            await WriteBackAsync(cancellationToken);
        }
    }

    public void Dispose() => writingBack.Dispose();

    private LivingSession? Remember(string id, LivingSession? found, bool touched)
    {
        if (found is null)
        {
            memory.Remove(id);
        }
        else if (touched)
        {
            memory.Put(found.Session, found.Generation, found.RefreshedAt);
        }

        return found;
    }

    private async Task<T> TryAsync<T>(bool needsRedis, Func<Task<T>> inRedis, Func<T> inMemory, CancellationToken cancellationToken)
    {
        try
        {
            if (OwesWriteBack)
            {
                await WriteBackAsync(cancellationToken);
            }

            return await inRedis();
        }
        catch (DependencyException) when (!needsRedis)
        {
            NoteAway();
            return inMemory();
        }
    }

    private async Task WriteBackAsync(CancellationToken cancellationToken)
    {
        if (!redis.IsConnected)
        {
            return;
        }

        await writingBack.WaitAsync(cancellationToken);
        try
        {
            var after = Volatile.Read(ref timesAway);
            if (after == writtenBackAfter)
            {
                return;
            }

            var sessions = memory.Snapshot();
            foreach (var some in sessions.Chunk(WriteBackAtOnce))
            {
                await Task.WhenAll(some.Select(living => redis.PutAsync(living, cancellationToken)));
            }

            writtenBackAfter = after;
            if (sessions.Count > 0)
            {
                LogWrittenBack(logger, sessions.Count);
            }
        }
        finally
        {
            writingBack.Release();
        }
    }

    private void NoteAway() => Interlocked.Increment(ref timesAway);

    private static DependencyException Unknown() => new("redis_unavailable", "The session store is away, and this session is not known here.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The session store is back; {Count} sessions were written to it")]
    private static partial void LogWrittenBack(ILogger logger, int count);
}
