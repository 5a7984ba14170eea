using System.Threading.Channels;
using Museum.ServiceDefaults.Errors;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Calls;

/// <summary>What becomes of an utterance whose final transcript is there: an answer, a question in return, silence, or the guide goes on.</summary>
internal sealed partial class CallAnswers(
    ClientSession session, TurnDesk desk, CallTurns turns, GuideInterruption interruption, CallMessages messages, CallParts parts, Action asked)
{
    /// <summary>That the guide cannot hear is said no more often: the visitor has understood.</summary>
    private static readonly TimeSpan SayDeafEvery = TimeSpan.FromMinutes(1);

    private long? saidDeafAt;

    /// <param name="utterance">Its transcript is there, or failed.</param>
    /// <param name="ct">The call ends.</param>
    public async Task SettleAsync(CallUtterance utterance, CancellationToken ct)
    {
        try
        {
            await AnswerAsync(utterance, await utterance.Heard!, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not ChannelClosedException)
        {
            parts.Telemetry.Utterance("failed");
            await turns.ForgetAsync(utterance, ct);
            await desk.ResumeAsync(ct);
            await DeafAsync(utterance, ErrorInfo.Of(e), ct);
        }
        finally
        {
            // It belonged to this utterance or to none.
            turns.ForgetCutOff();
        }
    }

    private async Task AnswerAsync(CallUtterance utterance, HeardUtterance heard, CancellationToken ct)
    {
        if (!await interruption.SettleAsync(utterance, heard, ct))
        {
            parts.Telemetry.Utterance(utterance.IsEcho ? "echo" : "nothing");
            await turns.ForgetAsync(utterance, ct);
        }
        else if (CallPhrases.IsStop(Spoken.Bare(heard.Text)))
        {
            parts.Telemetry.Utterance("stop");
            await turns.ForgetAsync(utterance, ct);
            await messages.FinalAsync(heard, null, ct);
        }
        else
        {
            parts.Telemetry.Utterance(heard.LowConfidence ? "asked_again" : "answered");
            asked();
            await turns.AnswerAsync(utterance, heard, ct);
        }
    }

    private async Task DeafAsync(CallUtterance utterance, ErrorInfo error, CancellationToken ct)
    {
        LogDeaf(parts.Logger, error.Code);
        var wasMeant = utterance.IsConfirmed && !utterance.IsEcho && desk.Running is null;
        if (!wasMeant || (saidDeafAt is { } at && parts.Time.GetElapsedTime(at) < SayDeafEvery))
        {
            return;
        }

        saidDeafAt = parts.Time.GetTimestamp();
        await turns.SayAsync(CallPhrases.CannotHear(session.SpokenLanguage), ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An utterance was not heard: {Code}")]
    private static partial void LogDeaf(ILogger logger, string code);
}
