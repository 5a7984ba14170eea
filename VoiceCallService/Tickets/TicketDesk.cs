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
internal sealed class TicketDesk(RedisStore redis, IOptionsMonitor<CallLimits> limits, TimeProvider time) : IDisposable
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
                    await db.StringSetAsync(IdKey(callId), $"{session} {hash}", limits.CurrentValue.LongestCall + CallStore.KeptFor);
                    return await db.StringSetAsync(TicketKey(hash), content, life);
                },
                cancellationToken);
        }
        catch (DependencyException)
        {
            here.Set(hash, content, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = time.GetUtcNow() + life });
        }

        return (ticket, callId, life);
    }

    /// <exception cref="ClientException">401 <c>ticket_invalid</c>: unknown, used or expired.</exception>
    public async Task<TicketContent> TakeAsync(string ticket, CancellationToken cancellationToken)
    {
        var hash = Ticket.HashOf(ticket);
        if (TakeHere(hash) is { } kept)
        {
            return Ticket.Open(ticket, kept);
        }

        try
        {
            if ((byte[]?)await redis.RunAsync(async db => (RedisValue)await db.ScriptEvaluateAsync(TakeScript, [TicketKey(hash)]), cancellationToken) is { } content)
            {
                return Ticket.Open(ticket, content);
            }
        }
        catch (DependencyException)
        {
            // Who has a token can do without a ticket.
        }

        throw new ClientException("ticket_invalid", "The ticket is unknown, used or expired.", StatusCodes.Status401Unauthorized);
    }

    /// <returns>Whose call that is; null: nobody knows of it, or no more.</returns>
    public async Task<string?> SessionOfAsync(string callId, CancellationToken cancellationToken)
    {
        try
        {
            return ((string?)await redis.RunAsync(db => db.StringGetAsync(IdKey(callId)), cancellationToken))?.Split(' ')[0];
        }
        catch (DependencyException)
        {
            return null;
        }
    }

    /// <summary>Whichever replica has the call ends it, and a ticket that was not used opens nothing any more.</summary>
    public async Task EndAsync(string callId, CancellationToken cancellationToken)
    {
        try
        {
            await redis.RunAsync(
                async db =>
                {
                    if (((string?)await db.StringGetAsync(IdKey(callId)))?.Split(' ') is [_, var hash])
                    {
                        await db.KeyDeleteAsync([IdKey(callId), TicketKey(hash)]);
                    }

                    return await db.PublishAsync(CallStore.Channel, $"end {callId}");
                },
                cancellationToken);
        }
        catch (DependencyException)
        {
            // Then there is this replica's own only.
        }
    }

    public void Dispose() => here.Dispose();

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
