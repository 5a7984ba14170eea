using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.VoiceCallService.Continuity;
using StackExchange.Redis;

namespace Museum.VoiceCallService.Tickets;

/// <summary>
/// Gives tickets out and takes each once:
/// <code>
/// museum:ticket:{hash}       "string"  the sealed content, for VoiceCall:TicketLife
/// museum:call-id:{call id}   "string"  the session whose call it is, and the ticket's hash
/// </code>
/// While the store is away they are kept here, and open a socket of this replica only.
/// </summary>
internal sealed class TicketDesk(RedisStore redis, CallStore calls, IOptionsMonitor<CallLimits> limits, TimeProvider time) : IDisposable
{
    private const string TakeScript = """
        local content = redis.call('GET', KEYS[1])
        redis.call('DEL', KEYS[1])
        return content
        """;

    // Of the minutes in which the store is away; 1 KB each.
    private readonly MemoryCache here = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <returns>The ticket, the id of the call that it will open, and how long it does.</returns>
    public async Task<(string Ticket, string CallId, TimeSpan Life)> IssueAsync(string session, string accessToken, CancellationToken cancellationToken)
    {
        var (ticket, life) = (Ticket.New(), limits.CurrentValue.TicketLife);
        var callId = "call_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var (hash, content) = (Ticket.HashOf(ticket), Ticket.Seal(ticket, new TicketContent(callId, session, accessToken)));
        try
        {
            await redis.RunAsync(
                async db =>
                {
                    await db.StringSetAsync(IdKey(callId), $"{session} {hash}", LongestLife);
                    return await db.StringSetAsync(TicketKey(hash), content, life);
                },
                cancellationToken);
        }
        catch (DependencyException)
        {
            var expiry = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = time.GetUtcNow() + life };
            here.Set(hash, content, expiry);
            here.Set(callId, $"{session} {hash}", expiry);
        }

        return (ticket, callId, life);
    }

    /// <exception cref="ClientException">401 <c>ticket_invalid</c>: unknown, used or expired.</exception>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: which of them cannot be told.</exception>
    public async Task<TicketContent> TakeAsync(string ticket, CancellationToken cancellationToken)
    {
        var hash = Ticket.HashOf(ticket);
        var content = TakeHere(hash);
        if (content is null && redis.IsConfigured)
        {
            content = (byte[]?)await redis.RunAsync(async db => (RedisValue)await db.ScriptEvaluateAsync(TakeScript, [TicketKey(hash)]), cancellationToken);
        }

        return content is null
            ? throw new ClientException("ticket_invalid", "The ticket is unknown, used or expired.", StatusCodes.Status401Unauthorized)
            : Ticket.Open(ticket, content);
    }

    /// <returns>Whose call that is; null: nobody knows of it, or no more.</returns>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: whether another replica has it cannot be told.</exception>
    public async Task<string?> SessionOfAsync(string callId, CancellationToken cancellationToken) =>
        (here.Get<string>(callId) ?? await IdAsync(callId, cancellationToken))?.Split(' ')[0];

    /// <summary>Whichever replica has the call ends it, and a ticket that was not used opens nothing any more.</summary>
    /// <exception cref="DependencyException"><c>redis_unavailable</c>: the other replicas do not know it.</exception>
    public async Task EndAsync(string session, string callId, CancellationToken cancellationToken)
    {
        if (here.Get<string>(callId)?.Split(' ') is [_, var ticketHere])
        {
            here.Remove(callId);
            TakeHere(ticketHere);
        }

        if (redis.IsConfigured)
        {
            RedisKey[] issued = (await IdAsync(callId, cancellationToken))?.Split(' ') is [_, var hash] ? [IdKey(callId), TicketKey(hash)] : [];
            await calls.EndAsync(session, callId, LongestLife, issued, cancellationToken);
        }
    }

    public void Dispose() => here.Dispose();

    private TimeSpan LongestLife => limits.CurrentValue.LongestCall + CallStore.KeptFor;

    private async Task<string?> IdAsync(string callId, CancellationToken cancellationToken) =>
        redis.IsConfigured ? await redis.RunAsync(db => db.StringGetAsync(IdKey(callId)), cancellationToken) : RedisValue.Null;

    private byte[]? TakeHere(string hash)
    {
        lock (here)
        {
            var content = here.Get<byte[]>(hash);
            here.Remove(hash);
            return content;
        }
    }

    private static RedisKey TicketKey(string hash) => "museum:ticket:" + hash;

    private static RedisKey IdKey(string callId) => "museum:call-id:" + callId;
}
