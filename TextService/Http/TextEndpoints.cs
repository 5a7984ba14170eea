using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Http;

/// <summary><c>POST /api/text/process</c> and <c>POST /api/text/batch</c>.</summary>
internal static class TextEndpoints
{
    private const int MostItems = 20;

    public static void MapText(this IEndpointRouteBuilder endpoints)
    {
        var text = endpoints.MapGroup("/api/text").WithTags("text").WithLimit("chat");
        text.MapPost("/process", ProcessAsync).WithSummary("Answers a question from the museum's content.").ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
        text.MapPost("/batch", BatchAsync).WithSummary("Answers up to 20 independent questions.").ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
    }

    private static async Task<Ok<ProcessResponse>> ProcessAsync(ProcessRequest request, ClaimsPrincipal user, TurnRunner runner, CancellationToken ct)
    {
        var session = Sessions.Of(user, request.SessionId);
        var turn = ToTurn(request) with { Session = session.Key };
        return TypedResults.Ok(await ResponseFormatter.GatherAsync(runner.RunAsync(turn, NoFunctions.Instance, ct), session.Id, ct));
    }

    private static async Task<Ok<BatchResponse>> BatchAsync(BatchRequest request, ClaimsPrincipal user, TurnRunner runner, CancellationToken ct)
    {
        if (request.Items is not { Count: >= 1 and <= MostItems } items)
        {
            throw new ClientException("batch_size", $"A batch has 1 to {MostItems} items.");
        }

        var results = new BatchItem[items.Count];
        // No more at once than there are processors to answer them: a batch must not crowd out the visitors.
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForAsync(0, items.Count, atOnce, async (i, token) =>
        {
            try
            {
                var parts = runner.RunAsync(ToTurn(items[i]), NoFunctions.Instance, token);
                results[i] = new BatchItem(await ResponseFormatter.GatherAsync(parts, Sessions.Of(user, items[i].SessionId).Id, token), null);
            }
            catch (ClientException e)
            {
                results[i] = new BatchItem(null, new BatchError("client", e.Code, e.Message, e.Retryable));
            }
        });
        return TypedResults.Ok(new BatchResponse(results));
    }

    private static TurnRequest ToTurn(ProcessRequest? request) => new()
    {
        Text = request?.Text ?? throw new ClientException("text_missing", "The member 'text' is missing."),
        Language = Tongues.Parse(request.Language),
        History = [.. (request.History ?? []).TakeLast(ConversationStore.MostMessages).Select(ToPast)],
        OwnHistory = true,
    };

    private static PastMessage ToPast(HistoryMessage? message) => message switch
    {
        { Role: "visitor" or "guide", Text.Length: <= TurnRequest.LongestText } => new PastMessage(message.Role == "visitor", message.Text),
        { Text: null } or null => throw new ClientException("history_invalid", "Each message of 'history' needs 'role' and 'text'."),
        { Text.Length: > TurnRequest.LongestText } => throw new ClientException("text_too_long", "A message of 'history' is too long."),
        _ => throw new ClientException("history_invalid", "The 'role' of a message is 'visitor' or 'guide'."),
    };
}
