using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Http;

/// <summary><c>POST /api/text/process</c>, <c>/batch</c> and <c>/rating</c>.</summary>
internal static class TextEndpoints
{
    private const string Lines = "application/x-ndjson";

    public static void MapText(this IEndpointRouteBuilder endpoints)
    {
        var text = endpoints.MapGroup("/api/text").WithTags("text");
        var answers = text.MapGroup("").WithLimit("chat");
        answers.MapPost("/process", ProcessAsync).WithSummary("Answers a question from the museum's content.")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(429).ProducesProblem(504);
        answers.MapPost("/batch", BatchAsync).WithSummary("Answers up to 100 independent questions: in their order, or as lines of JSON as they are done (Accept: application/x-ndjson).")
            .Produces<BatchResponse>().Produces<BatchItem>(200, Lines).ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
        text.MapPost("/rating", RateAsync).WithSummary("Takes what a visitor thinks of an answer; the last word on a turn counts.")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
    }

    /// <exception cref="ClientException">Something is missing or too long.</exception>
    public static TurnRequest ToTurn(ProcessRequest? request) => new()
    {
        Text = request?.Text ?? throw new ClientException("text_missing", "The member 'text' is missing."),
        Language = Tongues.Parse(request.Language),
        History = [.. (request.History ?? []).TakeLast(TurnRequest.MostHistory).Select(ToPast)],
        OwnHistory = true,
        Scene = request.Scene is { } scene ? ToScene(scene) : null,
    };

    private static async Task<Ok<ProcessResponse>> ProcessAsync(
        ProcessRequest request, ClaimsPrincipal user, TurnRunner runner, IOptionsMonitor<TextOptions> options, TimeProvider time, CancellationToken ct)
    {
        var session = Sessions.Of(user, request.SessionId);
        var turn = ToTurn(request) with { Session = session.Key };
        using var deadline = new AnswerDeadline(options.CurrentValue.Timeout, time, ct);
        return TypedResults.Ok(await deadline.RunAsync(token => ResponseFormatter.GatherAsync(runner.RunAsync(turn with { Budget = deadline.Budget }, NoFunctions.Instance, token), session.Id, token)));
    }

    private static async Task<IResult> BatchAsync(BatchRequest request, HttpContext context, TextBatch batch, IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (request.Items is not { Count: >= 1 and <= TextBatch.MostItems } items)
        {
            throw new ClientException("batch_size", $"A batch has 1 to {TextBatch.MostItems} items.");
        }

        var answers = batch.AnswerAsync(items, context.User, ct);
        return context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase))
            ? TypedResults.Stream(body => WriteLinesAsync(answers, body, json.Value.SerializerOptions, ct), Lines)
            : TypedResults.Ok(new BatchResponse([.. (await answers.ToListAsync(ct)).OrderBy(a => a.Index)]));
    }

    private static async Task<NoContent> RateAsync(RatingRequest request, ClaimsPrincipal user, Ratings ratings, CancellationToken ct)
    {
        var good = request.Rating switch
        {
            "good" => true,
            "bad" => false,
            _ => throw new ClientException("rating_invalid", "The 'rating' is 'good' or 'bad'."),
        };
        await ratings.RateAsync(Sessions.Of(user, request.SessionId).Key, request.TurnId, good, ct);
        return TypedResults.NoContent();
    }

    private static async Task WriteLinesAsync(IAsyncEnumerable<BatchItem> items, Stream body, JsonSerializerOptions json, CancellationToken ct)
    {
        await foreach (var item in items.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(body, item, json, ct);
            await body.WriteAsync("\n"u8.ToArray(), ct);
            await body.FlushAsync(ct);
        }
    }

    private static PastMessage ToPast(HistoryMessage? message) => message switch
    {
        { Role: "visitor" or "guide", Text.Length: <= TurnRequest.LongestText } => new PastMessage(message.Role == "visitor", message.Text),
        { Text: null } or null => throw new ClientException("history_invalid", "Each message of 'history' needs 'role' and 'text'."),
        { Text.Length: > TurnRequest.LongestText } => throw new ClientException("text_too_long", "A message of 'history' is too long."),
        _ => throw new ClientException("history_invalid", "The 'role' of a message is 'visitor' or 'guide'."),
    };

    private static Scene ToScene(SceneMessage scene) => (scene.Name?.Length ?? 0) > Scene.LongestName
        ? throw new ClientException("scene_invalid", $"The 'name' of a scene has at most {Scene.LongestName} characters.")
        : new Scene { Hall = scene.Hall ?? 0, Exhibit = scene.ExhibitId ?? "", Name = scene.Name ?? "" };
}
