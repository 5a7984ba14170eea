using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Http;
using Museum.TextService.Language;

namespace Museum.TextService.Curators;

/// <summary><c>POST /api/curator/exhibits/{id}/preview</c>: ask the guide about this draft.</summary>
internal static class PreviewEndpoint
{
    public static void MapPreview(this RouteGroupBuilder curator) =>
        curator.MapPost("/exhibits/{id}/preview", async (
                string id, PreviewRequest request, DraftPreview preview, TurnRunner runner, IOptionsMonitor<TextOptions> options, TimeProvider time, CancellationToken ct) =>
            {
                var text = request.Text ?? throw new ClientException("text_missing", "The member 'text' is missing.");
                var trial = await preview.OfAsync(id, ct) ?? throw IfMatch.Unknown();
                var turn = new TurnRequest { Text = text, Language = Tongues.Parse(request.Language), Trial = trial };
                using var deadline = new AnswerDeadline(options.CurrentValue.Timeout, time, ct);
                return TypedResults.Ok(await deadline.RunAsync(token => ResponseFormatter.GatherAsync(runner.RunAsync(turn with { Budget = deadline.Budget }, NoFunctions.Instance, token), "preview", token)));
            })
            .WithLimit("chat")
            .ProducesProblem(400)
            .ProducesProblem(404)
            .WithSummary("Answers a question as if the exhibit's draft were live; nobody else notices, and nothing of it is counted");
}

/// <param name="Text">The question.</param>
/// <param name="Language">As in /api/text/process.</param>
internal sealed record PreviewRequest(string? Text, string? Language);
