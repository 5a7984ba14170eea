using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.Text.V1;

namespace Museum.AudioService.Turns;

/// <summary>
/// A turn without a call: TextService answers, and each sentence's voice is begun the moment the sentence is there.
/// <code>question ══ Guide.Converse ══► text, sentences ──► Narrator ──► parts, in order</code>
/// One deadline for all of it. Whoever stops reading ends the answer and every voice that is being made.
/// </summary>
internal sealed partial class SpokenTurn(Guide.GuideClient guide, Pipelines pipelines, Narrator narrator, ErrorMetrics errors, TimeProvider time, ILogger<SpokenTurn> logger)
{
    /// <summary>Name of TextService's pipeline.</summary>
    public const string Pipeline = "textservice";

    // Parts that the reader has not taken: three sentences with their text. Then TextService waits.
    private const int Ahead = 8;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>TextService says at once that it has the question.</summary>
    public static void SetPipeline(PipelineOptions pipeline) =>
        (pipeline.Timeout, pipeline.Retries, pipeline.FirstDelay, pipeline.BreakFor) = (TimeSpan.FromSeconds(1), 1, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1));

    /// <param name="question">1–10,000 characters.</param>
    /// <param name="language">The visitor's.</param>
    /// <param name="delivery">How the answer shall sound.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RpcException">TextService is away, or refuses the question.</exception>
    /// <exception cref="NetworkException"><c>turn_deadline_exceeded</c></exception>
    public async IAsyncEnumerable<TurnPart> AnswerAsync(string question, string language, Delivery delivery, [EnumeratorCancellation] CancellationToken ct)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var parts = Channel.CreateBounded<TurnPart>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var asking = AskAsync(new ConverseStart { Text = question, Language = language, EnableRetrieval = true }, delivery, parts.Writer, turn.Token);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(ct))
            {
                yield return part;
            }
        }
        finally
        {
            await turn.CancelAsync();
            await asking;
        }
    }

    /// <summary>Never throws: whoever reads the parts learns what went wrong after the last.</summary>
    private async Task AskAsync(ConverseStart start, Delivery delivery, ChannelWriter<TurnPart> parts, CancellationToken ct)
    {
        try
        {
            var budget = new TurnBudget(AnswerWithin, time);
            using var call = await budget.RunAsync(pipelines.Of(Pipeline), attempt => OpenAsync(start, budget, attempt, ct), ct);
            await foreach (var response in call.ResponseStream.ReadAllAsync(ct))
            {
                if (Part(response, delivery, ct) is { } part)
                {
                    await parts.WriteAsync(part, ct);
                }
            }

            parts.Complete();
        }
        catch (Exception e)
        {
            parts.Complete(e);
        }
    }

    /// <summary>What is gone or frozen shows before the response headers, while another replica may still be asked.</summary>
    private async Task<AsyncDuplexStreamingCall<ConverseRequest, ConverseResponse>> OpenAsync(ConverseStart start, TurnBudget budget, CancellationToken attempt, CancellationToken ct)
    {
        var call = guide.Converse(deadline: (time.GetUtcNow() + budget.Left).UtcDateTime, cancellationToken: ct);
        try
        {
            await call.RequestStream.WriteAsync(new ConverseRequest { Start = start }, attempt);
            await call.RequestStream.CompleteAsync().WaitAsync(attempt);
            await call.ResponseHeadersAsync.WaitAsync(attempt);
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private TurnPart? Part(ConverseResponse response, Delivery delivery, CancellationToken ct) => response.KindCase switch
    {
        ConverseResponse.KindOneofCase.Delta => new TurnPart.Written(response.Delta.Text, response.Delta.Sequence),
        ConverseResponse.KindOneofCase.Sentence => new TurnPart.Spoken(response.Sentence, SayAsync(response.Sentence, delivery, ct)),
        ConverseResponse.KindOneofCase.Sources => new TurnPart.Founded(response.Sources.Exhibits),
        ConverseResponse.KindOneofCase.Suggestions => new TurnPart.Suggested(response.Suggestions.Questions),
        ConverseResponse.KindOneofCase.Done => new TurnPart.Finished(response.Done),
        _ => null,
    };

    private async Task<SentenceSound?> SayAsync(Sentence sentence, Delivery delivery, CancellationToken ct)
    {
        try
        {
            var utterance = delivery.Of(sentence.Text, sentence.Language, narrator.HasVoice(delivery.Voice, sentence.Language));
            return await narrator.SpeakAsync(utterance, delivery.SampleRate, ct);
        }
        catch (Exception e) when (e is MuseumException or OperationCanceledException)
        {
            var error = ErrorInfo.Of(e);
            if (!ct.IsCancellationRequested)
            {
                errors.Count(error);
                LogVoiceless(sentence.Sequence, error.Code);
            }

            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No voice for sentence {Sequence} of an answer: {Code}")]
    private partial void LogVoiceless(int sequence, string code);
}
