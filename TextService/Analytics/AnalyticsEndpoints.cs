using Museum.ServiceDefaults.Errors;
using Museum.TextService.Language;

namespace Museum.TextService.Analytics;

/// <summary><c>/api/curator/analytics</c>: what visitors asked, what the guide could not answer, and what they thought of it.</summary>
internal static class AnalyticsEndpoints
{
    private const int UsualDays = 30;
    private const int MostRows = 500;

    public static void MapAnalytics(this RouteGroupBuilder curator)
    {
        var analytics = curator.MapGroup("/analytics");
        analytics.MapGet("", async (int? days, AnalyticsReports reports, TimeProvider time, CancellationToken ct) => TypedResults.Ok(await reports.SummaryAsync(Since(days, time), ct)))
            .WithSummary("Counts of questions and ratings: in all, by day, by language, by exhibit");

        analytics.MapGet("/questions", async (int? days, string? outcome, string? language, int? limit, AnalyticsReports reports, TimeProvider time, CancellationToken ct) =>
            {
                if (outcome is not null && !Outcomes.All.Contains(outcome))
                {
                    throw new ClientException("outcome_invalid", $"An outcome is one of {string.Join(", ", Outcomes.All)}.");
                }

                return TypedResults.Ok(new QuestionList(await reports.QuestionsAsync(Since(days, time), outcome, Tongues.Parse(language)?.Code(), Limit(limit), ct)));
            })
            .ProducesProblem(400)
            .WithSummary("The questions asked most often; outcome=refused: those that wait for an answer");

        analytics.MapPost("/questions/resolve", async (ResolvedQuestion request, AnalyticsStore store, TimeProvider time, CancellationToken ct) =>
            {
                var language = Tongues.Parse(request.Language) ?? throw new ClientException("language_unsupported", "The languages are `en` and `zh`.");
                if (request.Question is not { Length: > 0 and <= AnswerLog.MostCharacters } question)
                {
                    throw new ClientException("question_invalid", $"question has 1–{AnswerLog.MostCharacters} characters.");
                }

                await store.ResolveAsync(question, language.Code(), time.GetUtcNow(), ct);
                return TypedResults.NoContent();
            })
            .ProducesProblem(400)
            .WithSummary("Takes a question off the list of refused ones, until it is refused again");

        analytics.MapGet("/ratings", async (int? days, bool? good, int? limit, AnalyticsReports reports, TimeProvider time, CancellationToken ct) =>
                TypedResults.Ok(new RatingList(await reports.RatingsAsync(Since(days, time), good, Limit(limit), ct))))
            .WithSummary("Visitors' ratings, the newest first");
    }

    private static DateTimeOffset Since(int? days, TimeProvider time) => days is null or (>= 1 and <= 3650)
        ? time.GetUtcNow() - TimeSpan.FromDays(days ?? UsualDays)
        : throw new ClientException("days_invalid", "days is 1–3650.");

    private static int Limit(int? limit) => limit is null or (>= 1 and <= MostRows) ? limit ?? 50 : throw new ClientException("limit_invalid", $"limit is 1–{MostRows}.");
}

/// <param name="Question">As in the list.</param>
internal sealed record ResolvedQuestion(string? Question, string? Language);

internal sealed record QuestionList(IReadOnlyList<AskedQuestion> Questions);

internal sealed record RatingList(IReadOnlyList<RatedAnswer> Ratings);
