using Grpc.Core;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Resilience;
using Museum.Text.V1;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// The words of a turn, from <c>Guide.Converse</c>:
/// <code>
/// 1 every delta             goes to the client at once
/// 2 every whole sentence    goes to the speech track too
/// 3 the end                 the caller's side is completed; of a turn that is held, not before it is released
/// </code>
/// </summary>
internal sealed class GuideDialogue(Guide.GuideClient guide, Pipelines pipelines, TimeProvider time)
{
    /// <summary>Name of TextService's pipeline.</summary>
    public const string Pipeline = "textservice";

    public async Task AnswerAsync(Turn turn, TurnOutput output, SpeechTrack? track)
    {
        var token = await turn.Session.Token.GetAsync(turn.Cancelled);
        var start = Start(turn);
        var askedAt = time.GetTimestamp();
        using var call = await turn.Budget.RunAsync(pipelines.Of(Pipeline), attempt => OpenAsync(turn, start, token, attempt), turn.Cancelled);
        var results = SendFunctionResultsAsync(turn, call.RequestStream);
        try
        {
            await ReadAsync(turn, call.ResponseStream, output, track, () => time.GetElapsedTime(askedAt));
        }
        finally
        {
            turn.FunctionResults.Writer.TryComplete();
            await results;
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

            await turn.Hold.Released.WaitAsync(turn.Cancelled);
            await requests.CompleteAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // The call is over: whoever reads its answer learns why.
        }
    }

    private static async Task ReadAsync(Turn turn, IAsyncStreamReader<ConverseResponse> responses, TurnOutput output, SpeechTrack? track, Func<TimeSpan> sinceAsked)
    {
        await foreach (var response in responses.ReadAllAsync(turn.Cancelled))
        {
            switch (response.KindCase)
            {
                case ConverseResponse.KindOneofCase.Delta:
                    turn.Times.TextTtfbMs ??= sinceAsked().TotalMilliseconds;
                    await output.TextAsync(response.Delta.Text, response.Delta.Sequence);
                    break;
                case ConverseResponse.KindOneofCase.Sentence:
                    turn.Times.FirstSentenceMs ??= turn.ElapsedMs;
                    turn.Heard.Shown(response.Sentence.Sequence, response.Sentence.Text);
                    await output.SentenceAsync(response.Sentence);
                    track?.Add(response.Sentence);
                    break;
                case ConverseResponse.KindOneofCase.Sources:
                    await output.SourcesAsync(response.Sources);
                    break;
                case ConverseResponse.KindOneofCase.Tour:
                    output.Tour(response.Tour);
                    break;
                case ConverseResponse.KindOneofCase.Suggestions:
                    await output.SuggestionsAsync(response.Suggestions);
                    break;
                case ConverseResponse.KindOneofCase.FunctionCall:
                    await output.FunctionCallAsync(response.FunctionCall);
                    break;
                case ConverseResponse.KindOneofCase.Done:
                    // Nothing is called any more: what is held for it may be half-closed.
                    turn.FunctionResults.Writer.TryComplete();
                    break;
            }
        }
    }

    private static ConverseStart Start(Turn turn)
    {
        var session = turn.Session;
        turn.TakenHeard = session.TakeHeard();
        var start = new ConverseStart
        {
            SessionId = session.Id,
            TurnId = turn.Id,
            Text = turn.Text,
            Language = session.Language ?? "",
            EnableRetrieval = turn.EnableSrs,
            RoleDescription = session.SystemPrompt?.RoleDescription ?? "",
            ResponseRequirements = session.SystemPrompt?.ResponseRequirements ?? "",
            SceneDescription = session.Scene?.SceneDescription ?? "",
            Scene = session.Scene is { } scene ? ToScene(scene) : null,
            Speculative = !turn.Hold.IsReleased,
        };
        start.FunctionsJson.AddRange(session.Functions.Select(f => f.GetRawText()));
        start.Heard.AddRange(turn.TakenHeard);
        return start;
    }

    private static Scene ToScene(SceneContext scene) => new()
    {
        Hall = scene.Hall ?? 0,
        ExhibitId = scene.ExhibitId ?? "",
        Name = scene.CurrentScene ?? "",
        Keywords = { scene.Keywords?.OfType<string>() ?? [] },
        Prompt = scene.SceneSpecificPrompt ?? "",
    };
}
