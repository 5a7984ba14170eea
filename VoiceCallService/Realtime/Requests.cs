using System.Diagnostics;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Security;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Realtime;

/// <summary>A conversation's REQUESTs: written questions, questions spoken with the button held, and what they change of the session.</summary>
/// <param name="session">Whose.</param>
/// <param name="desk">Answers.</param>
/// <param name="pushToTalk">Hears.</param>
/// <param name="revoked">Whoever's session has ended is answered nothing.</param>
/// <param name="parent">The trace of the connection.</param>
/// <param name="asked">Told of every question: the session lives on.</param>
internal sealed class Requests(ClientSession session, TurnDesk desk, PushToTalk pushToTalk, RevokedSessions revoked, ActivityContext parent, Action asked)
{
    /// <exception cref="ProtocolException">It is no such request, or the session has ended.</exception>
    public async Task HandleAsync(RequestPayload request, CancellationToken cancellationToken)
    {
        var spoken = Payloads.IsVoice(request);
        var text = spoken ? "" : Payloads.Question(request);
        if (revoked.Contains(session.Id))
        {
            throw new ProtocolException(ErrorCodes.SessionInvalid, "The session has ended.") { RequestId = request.RequestId };
        }

        var isFirst = !spoken || request.StreamSeq == 0 || !request.StreamFlag;
        if (isFirst && !session.Remember(request.RequestId!))
        {
            return;
        }

        asked();
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
}
