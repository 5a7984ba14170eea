using Museum.ServiceDefaults.Redis;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Turns;

/// <summary>Makes a call's turns: of questions, and of what another replica had begun.</summary>
/// <param name="session">Whose.</param>
/// <param name="numbers">Gives each its number, which no other turn of the session has.</param>
/// <param name="time">The clock of their times.</param>
/// <param name="callEnds">No turn outlives it.</param>
internal sealed class NewTurns(ClientSession session, TurnNumbers numbers, TimeProvider time, CancellationToken callEnds)
{
    public async Task<Turn> AskedAsync(Question question, TurnHold hold, CancellationToken cancellationToken)
    {
        var id = await numbers.NextAsync(session.Id, cancellationToken);
        return new Turn(session, id, question.RequestId ?? $"voice_{id}", question.Text, time, callEnds)
        {
            WantsVoice = question.WantsVoice,
            EnableSrs = question.EnableSrs,
            Parent = question.Parent,
            Reply = question.Reply,
            IsSpokenQuestion = question.RequestId is null && question.Reply is null,
            StartedAt = question.AskedAt ?? time.GetTimestamp(),
            Hold = hold,
        };
    }

    public Turn Continued(TurnRecord record)
    {
        var turn = new Turn(session, record.TurnId, record.RequestId, record.Question, time, callEnds)
        {
            WantsVoice = record.WantsVoice,
            EnableSrs = record.EnableSrs,
            Record = record,
            TextEnded = record.TextEnded,
        };
        record.Restore(turn);
        return turn;
    }
}
