using System.Diagnostics;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>A registered session and its messages.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private readonly ClientSession session;
    private readonly Outbox outbox;
    private readonly ActivityContext parent;
    private readonly ConnectionParts parts;
    private readonly TurnDesk desk;
    private readonly PushToTalk pushToTalk;
    private readonly ConversationMicrophone microphone;
    private readonly Requests requests;
    private readonly StatusNews status;

    /// <param name="session">Who talks.</param>
    /// <param name="outbox">To the client.</param>
    /// <param name="parent">The trace of the connection.</param>
    /// <param name="parts">What every connection shares.</param>
    /// <param name="isAdmitted">A microphone was expected and has its line; else it takes one with its first frame.</param>
    public Conversation(ClientSession session, Outbox outbox, ActivityContext parent, ConnectionParts parts, bool isAdmitted)
    {
        (this.session, this.outbox, this.parent, this.parts) = (session, outbox, parent, parts);
        Clock = new SessionClock(parts.Time, TimeSpan.FromSeconds(parts.Options.CurrentValue.TimeoutSeconds));
        desk = new TurnDesk(session, outbox, parts.Runner, parts.Numbers, parts.Publisher, parts.Time);
        pushToTalk = new PushToTalk(session, desk, new CallMessages(session, outbox), parts.Recognizer, parts.Time);
        microphone = new ConversationMicrophone(session, pushToTalk, () => new LiveCall(session, outbox, desk, parts.Calls.Value, parent, Touch), parts.Admission, isAdmitted);
        requests = new Requests(session, desk, pushToTalk, parts.Revoked, parent, Touch);
        status = new StatusNews(session, outbox, parts.Status);
        Activity = new CallActivity(parts.Time);
    }

    public SessionClock Clock { get; }

    public CallActivity Activity { get; }

    /// <summary>Ends with the answer under way.</summary>
    public Task Quiet => desk.Running?.Completion ?? Task.CompletedTask;

    /// <param name="writer">Of the socket that shows the call from now on.</param>
    /// <param name="resumeToken">Null: the call cannot be resumed.</param>
    /// <param name="resumed">Null: not asked for.</param>
    /// <param name="from">What the client has not got is said again.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public async Task GreetAsync(SocketWriter writer, string? resumeToken, bool? resumed, ResumePoint from, CancellationToken cancellationToken)
    {
        var ack = new RegisterAckPayload
        {
            Message = resumed == true ? "Welcome back." : "Welcome.",
            SessionId = session.Id,
            SessionTimeoutSeconds = Clock.TimeoutSeconds,
            ResumeToken = resumeToken,
            Resumed = resumed,
            ProtocolFeatures = [.. session.Features],
            Audio = new AudioFormats { Input = new AudioFormat(), Output = session.Output },
        };
        await outbox.AttachAsync(writer, MessageTypes.RegisterAck, ack, from, cancellationToken);
        Activity.Note();
        pushToTalk.Abandon();
        status.TellAgain();
        if (session.WantsGreeting && resumed != true)
        {
            await desk.AskAsync(
                new Question("") { Reply = CallPhrases.Greeting(session.SpokenLanguage), WantsVoice = session.RequireTts, EnableSrs = false, Parent = parent }, null, cancellationToken);
        }
    }

    /// <summary>Goes on with what another replica was saying.</summary>
    /// <param name="record">How far it had come.</param>
    /// <param name="isCertain">The client has seen nothing that the record does not know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ContinueAsync(TurnRecord record, bool isCertain, CancellationToken cancellationToken) => desk.ContinueAsync(record, isCertain, cancellationToken);

    /// <returns>False: the client says goodbye.</returns>
    public async Task<bool> HandleAsync(IncomingFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Message is not { } message)
        {
            Activity.Heard();
            microphone.Hear(frame.Binary.Span);
            return true;
        }

        switch (message.MsgType)
        {
            case MessageTypes.Request:
                await requests.HandleAsync(Payloads.Read<RequestPayload>(message), cancellationToken);
                return true;
            case MessageTypes.Interrupt:
                var interrupt = Payloads.Read<InterruptPayload>(message);
                await desk.InterruptAsync(interrupt.InterruptRequestId, interrupt.Reason ?? "USER_STOP", acknowledge: true, cancellationToken);
                return true;
            case MessageTypes.Playback:
                var playback = Payloads.Read<PlaybackPayload>(message);
                desk.Played(playback);
                outbox.Log?.Played(playback);
                return true;
            case MessageTypes.SessionQuery:
                await outbox.SendAsync(MessageTypes.SessionInfo, SessionInfo.Of(session, Clock, Payloads.Read<SessionQueryPayload>(message)), cancellationToken);
                return true;
            case MessageTypes.HealthCheck:
                await outbox.SendAsync(MessageTypes.HealthCheckAck, parts.Load.Read(), cancellationToken);
                return true;
            case MessageTypes.Ping:
                await outbox.SendAsync(MessageTypes.Pong, new PongPayload(), cancellationToken);
                return true;
            case MessageTypes.Ack:
                outbox.Acknowledge(Payloads.Read<AckPayload>(message).LastSeq);
                return true;
            case MessageTypes.HeartbeatReply or MessageTypes.VideoAck:
                return true;
            case MessageTypes.FunctionResult:
                desk.FunctionReturned(Payloads.Read<FunctionResultPayload>(message));
                return true;
            case MessageTypes.Shutdown:
                return false;
            case MessageTypes.Register:
                throw ProtocolException.Malformed("This socket is registered already.");
            default:
                throw ProtocolException.Malformed("msg_type is unknown.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        status.Dispose();
        await microphone.DisposeAsync();
        await pushToTalk.DisposeAsync();
        await desk.DisposeAsync();
        session.Dispose();
    }

    private void Touch()
    {
        Clock.Touch();
        Activity.Note();
    }
}
