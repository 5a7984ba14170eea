using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>A client's way in. Before REGISTER only signs of life are answered; REGISTER opens a call, or joins the one that it resumes.</summary>
/// <param name="socket">That shows the call from then on.</param>
/// <param name="own">To this socket alone.</param>
/// <param name="entrance">How the client came.</param>
/// <param name="parts">What every connection shares.</param>
internal sealed class Arrival(ICallSocket socket, Outbox own, Entrance entrance, ConnectionParts parts) : IDisposable
{
    private readonly TaskCompletionSource<OpenCall> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? admission;
    private volatile OpenCall? call;

    /// <summary>Null: the client has not registered.</summary>
    public OpenCall? Call => call;

    /// <summary>Of the call; null as above.</summary>
    public Heartbeat? Heartbeat { get; private set; }

    public Task Registered => registered.Task;

    /// <summary>A message before the client has registered.</summary>
    /// <exception cref="ProtocolException">It is not let in; closes the socket.</exception>
    public async Task HandleAsync(IncomingFrame frame, CancellationToken cancellationToken)
    {
        switch (frame.Message?.MsgType)
        {
            case MessageTypes.Register:
                await RegisterAsync(Payloads.Read<RegisterPayload>(frame.Message), cancellationToken);
                return;
            case MessageTypes.HealthCheck:
                await own.SendAsync(MessageTypes.HealthCheckAck, parts.Load.Read(), cancellationToken);
                return;
            case MessageTypes.Ping:
                await own.SendAsync(MessageTypes.Pong, new PongPayload(), cancellationToken);
                return;
            default:
                throw new ProtocolException(ErrorCodes.AuthFailed, "REGISTER comes first.");
        }
    }

    public void Dispose() => admission?.Dispose();

    private async Task RegisterAsync(RegisterPayload register, CancellationToken cancellationToken)
    {
        var session = await parts.Opening.RegisterAsync(register, entrance.Token, cancellationToken);
        own.SessionId = session.Id;
        // Only who really comes back was admitted before: to name a call that is not there opens a new one, for which there has to be a line.
        var resumed = await parts.Switchboard.ResumeAsync(socket, session, register.Resume, entrance, parts, cancellationToken);
        admission = parts.Admission.Admit(session.Id, entrance.HasMicrophone, cameBack: resumed is not null);
        var joined = resumed ?? await parts.Switchboard.OpenAsync(socket, session, register.Resume, entrance, parts, cancellationToken);
        own.SessionId = joined.Call.Session.Id;
        Heartbeat = new Heartbeat(own, joined.Call, new CallWatch(joined.Call, onlyWhileOpen: !entrance.HasMicrophone, parts.Limits), parts.Revoked, parts.Time);
        call = joined.Call;
        registered.SetResult(joined.Call);
        try
        {
            await joined.Call.GreetAsync(socket, joined.Resumed, joined.From, cancellationToken);
        }
        finally
        {
            // Whether or not the socket has broken again meanwhile: the answer goes on for whoever comes back.
            if (joined.Taken is { State: { } state } taken)
            {
                await joined.Call.Conversation.ContinueAsync(state.Turn, isCertain: joined.From.LastSeen <= taken.LastSeq, cancellationToken);
            }
        }
    }
}
