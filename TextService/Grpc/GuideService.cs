using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.Text.V1;
using Museum.TextService.Answers;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace Museum.TextService.Grpc;

/// <summary>The gRPC door: text.proto says what goes in and out.</summary>
internal sealed class GuideService(
    TurnRunner runner,
    ConversationStore conversations,
    Ratings ratings,
    ContentHolder content,
    IOptionsMonitor<LlmOptions> llm,
    IOptionsMonitor<RetrievalOptions> retrieval,
    IOptionsMonitor<TextOptions> text,
    TimeProvider time) : Guide.GuideBase
{
    private const int MostExhibits = 100;
    private const int LongestQuery = 1_000;

    // Who was interrupted often in a row tells of all those turns at once.
    private const int MostHeard = 20;

    public override async Task Converse(IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseResponse> responseStream, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        // That the question has arrived is told before anything is thought of: a caller that hears nothing soon asks another replica.
        await context.WriteResponseHeadersAsync([]);
        if (!await requestStream.MoveNext(ct) || requestStream.Current.KindCase != ConverseRequest.KindOneofCase.Start)
        {
            throw new ClientException("start_expected", "The first message of a conversation is `start`.");
        }

        var start = requestStream.Current.Start;
        var session = Sessions.Of(context.GetHttpContext().User, start.SessionId);
        foreach (var heard in start.Heard.TakeLast(MostHeard))
        {
            await conversations.HeardAsync(session.Key, heard.TurnId, heard.Text, ct);
        }

        using var deadline = new AnswerDeadline(text.CurrentValue.Timeout, time, ct);
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        var calls = new PendingCalls(TimeSpan.FromSeconds(llm.CurrentValue.FunctionSeconds));
        var confirmed = new TaskCompletionSource();
        var listening = ListenAsync(requestStream, start.TurnId, session.Key, calls, confirmed, turn);
        var sentences = 0;
        var isDone = false;
        try
        {
            await foreach (var part in runner.RunAsync(ProtoMapping.ToTurn(start, session.Key, confirmed.Task) with { Budget = deadline.Budget }, calls, turn.Token))
            {
                // Cancelling the writing itself would end the call without a word of why.
                turn.Token.ThrowIfCancellationRequested();
                (sentences, isDone) = (sentences + (part is AnswerPart.Sentence ? 1 : 0), part is AnswerPart.Done);
                await responseStream.WriteAsync(ProtoMapping.ToProto(part), ct);
            }
        }
        catch (OperationCanceledException e) when (deadline.HasPassed)
        {
            throw AnswerDeadline.Exceeded(e);
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // After the end of the answer an interrupt says only that it was not wanted.
            if (!isDone)
            {
                await responseStream.WriteAsync(ProtoMapping.Interrupted(sentences, content.Version), ct);
            }
        }
        finally
        {
            await turn.CancelAsync();
            await listening;
        }
    }

    public override async Task<RetrieveResponse> Retrieve(RetrieveRequest request, ServerCallContext context)
    {
        var query = request.Query.Trim();
        if (query.Length is 0 or > LongestQuery || request.TopK is < 0 or > MostExhibits)
        {
            throw new ClientException("query_invalid", $"`query` has 1–{LongestQuery} characters and `top_k` is at most {MostExhibits}.");
        }

        using var lease = content.Use();
        var question = Parser.Parse(query, Tongues.Parse(request.Language), [], lease.Index)
            .At(request.Scene is { } scene ? Place.Of(ProtoMapping.ToScene(scene), lease.Index) : Place.Unknown, Place.Unknown);
        var found = await ExhibitSources.BestAsync(
            question, lease.Index, request.TopK == 0 ? retrieval.CurrentValue.UsualExhibits : request.TopK, request.HasThreshold ? request.Threshold : 0, context.CancellationToken);
        return new RetrieveResponse { ContentVersion = lease.Index.Version, Exhibits = { found.Select(ProtoMapping.ToProto) } };
    }

    public override async Task<RateResponse> Rate(RateRequest request, ServerCallContext context)
    {
        if (request.Rating is not (Rating.Good or Rating.Bad))
        {
            throw new ClientException("rating_invalid", "The rating is good or bad.");
        }

        var session = Sessions.Of(context.GetHttpContext().User, request.SessionId);
        await ratings.RateAsync(session.Key, request.TurnId, request.Rating == Rating.Good, context.CancellationToken);
        return new RateResponse();
    }

    // Recognisers ask for it at their start, when there is no visitor whose token they could bring; it is nothing that visitors may not read.
    [AllowAnonymous]
    public override Task<VocabularyResponse> Vocabulary(VocabularyRequest request, ServerCallContext context)
    {
        using var lease = content.Use();
        var tongue = Tongues.Parse(request.Language) ?? throw new ClientException("language_unsupported", "The languages are `en` and `zh`.");
        return Task.FromResult(request.KnownVersion == lease.Index.Version
            ? new VocabularyResponse { ContentVersion = lease.Index.Version }
            : ProtoMapping.ToVocabulary(lease.Index, tongue));
    }

    // As Vocabulary: asked for when nobody is there yet.
    [AllowAnonymous]
    public override Task<SayingsResponse> Sayings(SayingsRequest request, ServerCallContext context)
    {
        using var lease = content.Use();
        var tongue = Tongues.Parse(request.Language) ?? throw new ClientException("language_unsupported", "The languages are `en` and `zh`.");
        var response = new SayingsResponse { ContentVersion = lease.Index.Version };
        if (request.KnownVersion != lease.Index.Version)
        {
            response.Sentences.AddRange(Answers.Sayings.Of(lease.Index, tongue));
        }

        return Task.FromResult(response);
    }

    // Half-close ends the listening, and confirms a question that was put while the visitor may have gone on.
    private async Task ListenAsync(
        IAsyncStreamReader<ConverseRequest> requests, long turnId, string session, PendingCalls calls, TaskCompletionSource confirmed, CancellationTokenSource turn)
    {
        var heard = 0;
        try
        {
            while (await requests.MoveNext(turn.Token))
            {
                var request = requests.Current;
                switch (request.KindCase)
                {
                    case ConverseRequest.KindOneofCase.FunctionResult:
                        calls.Complete(request.FunctionResult.CallId, new FunctionOutcome(request.FunctionResult.IsSuccess, request.FunctionResult.ResultJson));
                        break;
                    case ConverseRequest.KindOneofCase.Heard when ++heard <= MostHeard:
                        await conversations.HeardAsync(session, request.Heard.TurnId, request.Heard.Text, turn.Token);
                        break;
                    case ConverseRequest.KindOneofCase.Interrupt when request.Interrupt.ThroughTurn >= turnId:
                        await turn.CancelAsync();
                        return;
                }
            }

            confirmed.TrySetResult();
            calls.Close();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or RpcException)
        {
            // The turn is over, or the client is gone; the call itself says which.
            calls.Close();
        }
    }
}
