using System.Diagnostics;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Status;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What every connection shares.</summary>
internal sealed record ConnectionParts(
    Opening Opening,
    Switchboard Switchboard,
    TurnRunner Runner,
    TurnNumbers Numbers,
    IEventPublisher Publisher,
    GuideStatus Status,
    Recognizer Recognizer,
    Lazy<CallParts> Calls,
    ServerLoad Load,
    CallAdmission Admission,
    ErrorFrames Errors,
    RevokedSessions Revoked,
    IOptionsMonitor<VoiceCallOptions> Options,
    IOptionsMonitor<CallLimits> Limits,
    TimeProvider Time,
    ILogger<ClientConnection> Logger);

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
    private readonly Lock telling = new();
    private StatusPayload? told;

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
        Activity = new CallActivity(parts.Time);
        parts.Status.Changed += TellStatus;
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
        told = null;
        TellStatus();
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
                await RequestAsync(Payloads.Read<RequestPayload>(message), cancellationToken);
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
                await outbox.SendAsync(MessageTypes.SessionInfo, Info(Payloads.Read<SessionQueryPayload>(message)), cancellationToken);
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
        parts.Status.Changed -= TellStatus;
        await microphone.DisposeAsync();
        await pushToTalk.DisposeAsync();
        await desk.DisposeAsync();
        session.Dispose();
    }

    private async Task RequestAsync(RequestPayload request, CancellationToken cancellationToken)
    {
        var spoken = Payloads.IsVoice(request);
        var text = spoken ? "" : Payloads.Question(request);
        if (parts.Revoked.Contains(session.Id))
        {
            throw new ProtocolException(ErrorCodes.SessionInvalid, "The session has ended.") { RequestId = request.RequestId };
        }

        var isFirst = !spoken || request.StreamSeq == 0 || !request.StreamFlag;
        if (isFirst && !session.Remember(request.RequestId!))
        {
            return;
        }

        Touch();
        if (isFirst)
        {
            SessionUpdate.Apply(session, request);
        }

        var question = new Question(text)
        {
            RequestId = request.RequestId,
            WantsVoice = request.RequireTts ?? session.RequireTts,
            EnableSrs = request.EnableSrs ?? session.EnableSrs,
            Parent = parent,
        };
        if (spoken)
        {
            await pushToTalk.RequestAsync(request, question, cancellationToken);
        }
        else if (text.Length > 0)
        {
            await desk.AskAsync(question, null, cancellationToken);
        }
    }

    private void Touch()
    {
        Clock.Touch();
        Activity.Note();
    }

    private SessionInfoPayload Info(SessionQueryPayload query)
    {
        var all = new Dictionary<string, object?>
        {
            ["platform"] = session.Platform,
            ["require_tts"] = session.RequireTts,
            ["enable_srs"] = session.EnableSrs,
            ["function_calling"] = session.Functions,
            ["language"] = session.Language,
            ["remaining_seconds"] = Clock.RemainingSeconds,
        };
        var wanted = query.QueryFields is { Count: > 0 } fields ? all.Where(f => fields.Contains(f.Key)).ToDictionary() : all;
        return new SessionInfoPayload { Status = "SUCCESS", Message = "", SessionData = wanted };
    }

    private void TellStatus()
    {
        if (!session.Wants(Features.Status))
        {
            return;
        }

        lock (telling)
        {
            // Read under the lock, so that the last one told is the last one true.
            var status = parts.Status.Read();
            var isNews = told is null || told.Capabilities.Any(c => status.Capabilities[c.Key] != c.Value);
            if (isNews && outbox.TrySend(MessageTypes.Status, status))
            {
                told = status;
            }
        }
    }
}
