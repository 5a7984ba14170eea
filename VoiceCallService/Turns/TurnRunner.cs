using System.Diagnostics;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Museum.Contracts.Events;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Resilience;
using Museum.Text.V1;
using Museum.VoiceCallService.Realtime;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Runs a turn from the question to the last sound:
/// <code>
/// 1 Guide.Converse          text deltas, sentences, sources come back
/// 2 every delta             goes to the client at once
/// 3 every whole sentence    goes to the speech track, which publishes it, waits for its voice and plays it in order
/// 4 the end                 both streams end with -1, the turn is closed
/// </code>
/// </summary>
internal sealed partial class TurnRunner(
    Guide.GuideClient guide, Pipelines pipelines, SpeechParts parts, ErrorFrames errors, TurnTelemetry telemetry, TimeProvider time, ILogger<TurnRunner> logger)
{
    /// <summary>Name of TextService's pipeline.</summary>
    public const string Pipeline = "textservice";

    public async Task RunAsync(Turn turn, Outbox outbox)
    {
        // On the thread pool from here on: the client's next message must not wait for this one's answer.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var activity = TurnTelemetry.Source.StartActivity("turn", ActivityKind.Internal, turn.Parent);
        activity?.SetTag("session.id", turn.Session.Id).SetTag("museum.turn", turn.Id);
        var output = new TurnOutput(turn, outbox);
        var outcome = "complete";
        try
        {
            await output.StartedAsync();
            await AnswerAsync(turn, output);
            if (turn.TryFinish())
            {
                await output.VoiceEndAsync();
                await output.EndedAsync();
            }
            else
            {
                outcome = "interrupted";
            }
        }
        catch (Exception e) when (turn.Cancelled.IsCancellationRequested || e is ChannelClosedException)
        {
            // Whoever interrupted it says so to the client; or the client has left.
            outcome = turn.InterruptReason is null ? "left" : "interrupted";
        }
        catch (Exception e)
        {
            outcome = "failed";
            Log(turn, ErrorInfo.Of(e), e);
            activity?.SetStatus(ActivityStatusCode.Error);
            await FailAsync(turn, outbox, e);
        }

        telemetry.Record(turn, outcome);
        var heard = outcome == "complete" ? null : turn.Heard.Text(turn.WasSpoken);
        if (heard is not null)
        {
            turn.Session.AddHeard(turn.Id, heard);
        }

        // Beside the conversation: the next question does not wait for the broker.
        _ = CloseAsync(turn, heard);
    }

    private async Task AnswerAsync(Turn turn, TurnOutput output)
    {
        var token = await turn.Session.Token.GetAsync(turn.Cancelled);
        var start = Start(turn);
        using var call = await turn.Budget.RunAsync(pipelines.Of(Pipeline), attempt => OpenAsync(turn, start, token, attempt), turn.Cancelled);
        var results = SendFunctionResultsAsync(turn, call.RequestStream);
        using var track = turn.WantsVoice ? new SpeechTrack(turn, output, parts, time) : null;
        var speaking = track?.RunAsync() ?? Task.CompletedTask;
        try
        {
            await ReadAsync(turn, call.ResponseStream, output, track);
            await output.TextEndAsync();
        }
        finally
        {
            // What was written is spoken to its end, even when the rest of the answer fails.
            track?.Complete();
            turn.FunctionResults.Writer.TryComplete();
            await results;
            await speaking;
        }
    }

    /// <summary>
    /// The question is put; TextService has it when its response headers are there, which it sends before it thinks. A replica that is gone
    /// or frozen shows here, while another may still be asked: nothing of the answer has come.
    /// </summary>
    private async Task<AsyncDuplexStreamingCall<ConverseRequest, ConverseResponse>> OpenAsync(Turn turn, ConverseStart start, string token, CancellationToken attempt)
    {
        var call = guide.Converse(new CallOptions(GrpcClients.Bearer(token), deadline: DateTime.UtcNow + turn.Budget.Left, cancellationToken: turn.Cancelled));
        try
        {
            await call.RequestStream.WriteAsync(new ConverseRequest { Start = start }, attempt);
            await call.ResponseHeadersAsync.WaitAsync(attempt);
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>Half-closes at once where the client offers no functions: there is nothing more to say.</summary>
    private static async Task SendFunctionResultsAsync(Turn turn, IClientStreamWriter<ConverseRequest> requests)
    {
        try
        {
            if (turn.Session.Functions.Count > 0)
            {
                await foreach (var result in turn.FunctionResults.Reader.ReadAllAsync(turn.Cancelled))
                {
                    await requests.WriteAsync(new ConverseRequest { FunctionResult = result }, turn.Cancelled);
                }
            }

            await requests.CompleteAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // The call is over: whoever reads its answer learns why.
        }
    }

    private static async Task ReadAsync(Turn turn, IAsyncStreamReader<ConverseResponse> responses, TurnOutput output, SpeechTrack? track)
    {
        await foreach (var response in responses.ReadAllAsync(turn.Cancelled))
        {
            switch (response.KindCase)
            {
                case ConverseResponse.KindOneofCase.Delta:
                    await output.TextAsync(response.Delta.Text, response.Delta.Sequence);
                    break;
                case ConverseResponse.KindOneofCase.Sentence:
                    turn.Times.FirstSentenceMs ??= turn.ElapsedMs;
                    turn.Heard.Shown(response.Sentence.Sequence, response.Sentence.Text);
                    track?.Add(response.Sentence);
                    break;
                case ConverseResponse.KindOneofCase.Sources:
                    await output.SourcesAsync(response.Sources);
                    break;
                case ConverseResponse.KindOneofCase.Suggestions:
                    await output.SuggestionsAsync(response.Suggestions);
                    break;
                case ConverseResponse.KindOneofCase.FunctionCall:
                    await output.FunctionCallAsync(response.FunctionCall);
                    break;
            }
        }
    }

    private static ConverseStart Start(Turn turn)
    {
        var session = turn.Session;
        var start = new ConverseStart
        {
            SessionId = session.Id,
            TurnId = turn.Id,
            Text = turn.Text,
            Language = session.Language ?? "",
            EnableRetrieval = turn.EnableSrs,
            RoleDescription = session.SystemPrompt?.RoleDescription ?? "",
            SceneDescription = session.Scene?.SceneDescription ?? "",
        };
        start.FunctionsJson.AddRange(session.Functions.Select(f => f.GetRawText()));
        start.Heard.AddRange(session.TakeHeard());
        return start;
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
    private async Task CloseAsync(Turn turn, string? heard)
    {
        try
        {
            await parts.Publisher.PublishAsync(
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
