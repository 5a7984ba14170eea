using System.Diagnostics;
using System.Threading.Channels;
using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// What follows a turn, however it ended: the client is told of a failure, the figures are recorded, what was heard is kept for the next
/// question, and the house learns that it is closed.
/// </summary>
internal sealed partial class TurnClosing(IEventPublisher publisher, ErrorFrames errors, TurnTelemetry telemetry, TimeProvider time, ILogger<TurnClosing> logger)
{
    // How turns end, as the metrics have it.
    public const string Complete = "complete";
    public const string Interrupted = "interrupted";
    private const string Discarded = "discarded";
    private const string Failed = "failed";

    /// <returns>How it ended, for the metrics.</returns>
    public async Task<string> EndByAsync(Turn turn, Outbox outbox, Exception e)
    {
        if (await turn.Hold.TryDiscardAsync())
        {
            return Discarded;
        }

        if (turn.Cancelled.IsCancellationRequested || e is ChannelClosedException)
        {
            // Whoever interrupted it says so to the client; or the client has left.
            return turn.InterruptReason is null ? "left" : Interrupted;
        }

        Log(turn, ErrorInfo.Of(e), e);
        Activity.Current?.SetStatus(ActivityStatusCode.Error);
        await FailAsync(turn, outbox, e);
        return Failed;
    }

    /// <param name="turn">It has ended.</param>
    /// <param name="outcome">How.</param>
    public void Close(Turn turn, string outcome)
    {
        telemetry.Record(turn, outcome);
        // A turn of which the guide was never told has told it nothing of the turns before either.
        if (outcome == Discarded || (outcome == Failed && turn.Times.TextTtfbMs is null))
        {
            turn.Session.GiveBackHeard(turn.TakenHeard);
        }

        if (outcome == Discarded || turn.Session.IsElsewhere)
        {
            // Nobody ever hears of it, or it goes on there.
            return;
        }

        var heard = outcome == Complete ? null : turn.Heard.Text(turn.WasSpoken);
        if (heard is not null)
        {
            turn.Session.AddHeard(turn.Id, heard);
        }

        // Beside the conversation: the next question does not wait for the broker.
        _ = PublishAsync(turn, heard);
    }

    private async Task FailAsync(Turn turn, Outbox outbox, Exception e)
    {
        if (!turn.TryFinish())
        {
            return;
        }

        try
        {
            await errors.SendAsync(outbox, ProtocolException.From(e, turn.RequestId), Activity.Current?.TraceId.ToString(), turn.Cancelled);
            var end = new ResponsePayload { RequestId = turn.RequestId, TurnId = turn.Id, Content = new(), TextStreamSeq = turn.TextEnded ? null : -1, VoiceStreamSeq = -1 };
            await outbox.SendAsync(MessageTypes.Response, end, turn.Cancelled);
            if (turn.Session.Wants(Features.SpeechEvents))
            {
                await outbox.SendAsync(MessageTypes.TurnEnded, new TurnEndedPayload { TurnId = turn.Id, Interrupted = false }, turn.Cancelled);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ChannelClosedException)
        {
            // The client left before it could hear of it.
        }
    }

    /// <summary>For history and analytics; a broker that is away costs them this turn, never the visitor anything.</summary>
    private async Task PublishAsync(Turn turn, string? heard)
    {
        try
        {
            await publisher.PublishAsync(
                new TurnClosed
                {
                    Session = turn.Session.Id,
                    Turn = turn.Id,
                    Interrupted = heard is not null,
                    HeardText = heard,
                    Language = turn.Session.Language ?? "",
                    ClosedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                },
                CancellationToken.None);
        }
        catch (DependencyException e)
        {
            LogNotClosed(logger, turn.Id, e.Code);
        }
    }

    private void Log(Turn turn, ErrorInfo error, Exception e)
    {
        if (Recovery.Of(error).IsDefect)
        {
            LogDefect(logger, e, turn.Id);
        }
        else
        {
            LogFailed(logger, turn.Id, error.Category, error.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Turn {Turn} ended by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception, long turn);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {Turn} failed: {Category} {Code}")]
    private static partial void LogFailed(ILogger logger, long turn, ErrorCategory category, string code);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Turn {Turn} was closed without an event: {Code}")]
    private static partial void LogNotClosed(ILogger logger, long turn, string code);
}
