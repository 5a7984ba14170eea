using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Continuity;

/// <param name="Call">Shown on the socket that asked for it.</param>
/// <param name="Resumed">Null: not asked for.</param>
/// <param name="From">What the client has.</param>
/// <param name="Taken">How far the call had come on another replica; null: it was this one's, or is new.</param>
internal sealed record JoinedCall(OpenCall Call, bool? Resumed, ResumePoint From, ClaimedCall? Taken);

/// <summary>
/// Connects sockets to calls:
/// <code>
/// REGISTER                       a new call; an older one of the session, here or elsewhere, closes with 4001
/// REGISTER.resume, call is here  the socket joins the running call
/// REGISTER.resume, is elsewhere  this replica takes the call over: log and state from the store
/// REGISTER.resume, is nowhere    a new call, and REGISTER_ACK says resumed: false
/// </code>
/// Each raises the epoch in the store. Without a store there are new calls only, which end with their sockets, and the return to a call
/// that this replica has kept.
/// </summary>
internal sealed class Switchboard(CallStore store, SessionRegistry registry, TimeProvider time)
{
    /// <summary>A new call.</summary>
    public async Task<JoinedCall> OpenAsync(
        ICallSocket socket, ClientSession session, ResumePayload? resume, Entrance entrance, ConnectionParts parts, CancellationToken cancellationToken)
    {
        var (fresh, hash) = NewToken();
        var claim = await TryClaimAsync(session.Id, hash, ClaimKind.New, cancellationToken);
        session.Epoch = claim?.Epoch ?? Now;
        var call = Make(session, claim is null ? null : fresh, hash, 0, entrance, parts);
        call.TryTake(socket);
        await EnterAsync(call);
        return new JoinedCall(call, resume is null ? null : false, ResumePoint.Beginning, null);
    }

    /// <returns>Null: there is no such call to resume.</returns>
    public async Task<JoinedCall?> ResumeAsync(
        ICallSocket socket, ClientSession session, ResumePayload? resume, Entrance entrance, ConnectionParts parts, CancellationToken cancellationToken)
    {
        if (resume is not { SessionId: { Length: > 0 } id, ResumeToken: { Length: > 0 } token, LastSeq: var lastSeen })
        {
            return null;
        }

        var from = new ResumePoint(lastSeen, resume.Sound);
        var hash = ResumeToken.HashOf(token);
        var here = registry.Find(id) is { Log: { } log } found && log.TokenHash == hash ? found : null;
        if (here is null && id != session.Id)
        {
            // An API key or an account opened another session while the store was away: only the replica that still has the call can tell that it is theirs.
            return null;
        }

        ClaimedCall? claim = null;
        var isAway = false;
        try
        {
            claim = await store.ClaimAsync(id, hash, here is null ? ClaimKind.Resume : ClaimKind.Return, cancellationToken);
        }
        catch (DependencyException)
        {
            isAway = true;
        }

        if (here is not null && (isAway || claim is { } mine && (mine.Before == 0 || mine.Before == here.Session.Epoch)))
        {
            here.Session.Epoch = claim?.Epoch ?? here.Session.Epoch + 1;
            if (here.TryTake(socket))
            {
                here.Session.CallId = entrance.CallId ?? here.Session.CallId;
                Renew(here.Session, session);
                return new JoinedCall(here, true, from, null);
            }
        }
        else if (here is not null && !isAway)
        {
            // Another replica had it in between, and its visitor is here again.
            await here.ReplaceAsync(elsewhere: true);
        }

        return claim is null || id != session.Id ? null : await TakeOverAsync(socket, session, token, hash, from, claim, entrance, parts, cancellationToken);
    }

    private async Task<JoinedCall?> TakeOverAsync(
        ICallSocket socket, ClientSession session, string token, string hash, ResumePoint from, ClaimedCall claim, Entrance entrance, ConnectionParts parts, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoggedMessage> missed;
        try
        {
            missed = await store.ReadAsync(session.Id, from.LastSeen, cancellationToken);
        }
        catch (DependencyException)
        {
            return null;
        }

        session.Epoch = claim.Epoch;
        var state = claim.State ?? new CallState();
        session.Restore(state);
        state.Turn.Received = from.Sound;
        var call = Make(session, token, hash, Math.Max(claim.LastSeq, from.LastSeen), entrance, parts, outbox =>
        {
            outbox.Fence.CloseThrough(state.FencedThrough);
            outbox.Log!.Restore(state, missed, claim.LastSeq);
        });
        call.TryTake(socket);
        await EnterAsync(call);
        return new JoinedCall(call, true, from, claim with { State = state });
    }

    private OpenCall Make(
        ClientSession session, string? token, string hash, long lastSeq, Entrance entrance, ConnectionParts parts, Action<Outbox>? restore = null)
    {
        session.CallId = entrance.CallId ?? session.CallId;
        session.CallBegan ??= time.GetUtcNow();
        var fence = new Fence();
        var log = token is null ? null : new CallLog(store, session, hash, fence);
        var outbox = new Outbox(time, fence, log) { SessionId = session.Id };
        outbox.ContinueAfter(lastSeq);
        restore?.Invoke(outbox);
        var call = new OpenCall(session, new Conversation(session, outbox, entrance.Parent, parts, entrance.HasMicrophone), outbox, store, registry, time) { ResumeToken = token };
        if (log is not null)
        {
            log.Lost += why => _ = why == Written.Over ? call.StopAsync(OpenCall.Ended) : call.ReplaceAsync(elsewhere: true);
        }

        return call;
    }

    private async Task EnterAsync(OpenCall call)
    {
        if (registry.Join(call) is { } older)
        {
            await older.ReplaceAsync(elsewhere: false);
        }
    }

    private async Task<ClaimedCall?> TryClaimAsync(string session, string hash, ClaimKind kind, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ClaimAsync(session, hash, kind, cancellationToken);
        }
        catch (DependencyException)
        {
            return null;
        }
    }

    /// <summary>Whoever came back may have a younger token of the same session.</summary>
    private static void Renew(ClientSession kept, ClientSession brought)
    {
        if (kept.Id == brought.Id)
        {
            kept.Renew(brought.Token);
        }
        else
        {
            brought.Dispose();
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private static (string Token, string Hash) NewToken()
    {
        var token = ResumeToken.New();
        return (token, ResumeToken.HashOf(token));
    }
}
