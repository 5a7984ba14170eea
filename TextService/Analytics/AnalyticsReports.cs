using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Museum.TextService.Storage;

namespace Museum.TextService.Analytics;

/// <summary>Reads what <see cref="AnswerLog"/> kept.</summary>
internal sealed class AnalyticsReports(AnalyticsStore store)
{
    private const int MostExhibits = 50;
    private const long MillisecondsOfADay = 86_400_000;

    private const string Answers = """
        count(*) FILTER (WHERE outcome = 'answered'), count(*) FILTER (WHERE outcome = 'refused'), count(*) FILTER (WHERE outcome = 'talk'), count(*) FILTER (WHERE outcome = 'mended')
        """;

    public Task<AnalyticsView> SummaryAsync(DateTimeOffset since, CancellationToken ct) => store.Database.ReadAsync(
        async db =>
        {
            var at = ("@since", (object?)since.ToUnixTimeMilliseconds());
            var days = await db.ReadAsync(
                $"""
                SELECT at / {MillisecondsOfADay} AS day, {Answers}, count(*) FILTER (WHERE outcome = 'good'), count(*) FILTER (WHERE outcome = 'bad') FROM (
                    SELECT at, outcome FROM answers WHERE at >= @since
                    UNION ALL SELECT at, CASE WHEN good THEN 'good' ELSE 'bad' END FROM ratings WHERE at >= @since
                ) AS notes GROUP BY day ORDER BY day
                """,
                row => new DayCount(At(row.GetInt64(0) * MillisecondsOfADay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Counts(row, 1)),
                ct,
                at);
            var languages = await db.ReadAsync(
                $"SELECT language, {Answers}, 0, 0 FROM answers WHERE at >= @since GROUP BY language ORDER BY language", row => new LanguageCount(row.GetString(0), Counts(row, 1)), ct, at);
            var exhibits = await db.ReadAsync(
                $"""
                SELECT exhibit, sum(asked), sum(good), sum(bad) FROM (
                    SELECT exhibit, 1 AS asked, 0 AS good, 0 AS bad FROM answer_exhibits JOIN answers ON number = answer WHERE at >= @since
                    UNION ALL SELECT value, 0, CASE WHEN good THEN 1 ELSE 0 END, CASE WHEN good THEN 0 ELSE 1 END FROM ratings CROSS JOIN {store.Database.Texts("exhibits")} WHERE at >= @since
                ) AS mentions GROUP BY exhibit ORDER BY sum(asked) DESC, exhibit LIMIT {MostExhibits}
                """,
                row => new ExhibitCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
                ct,
                at);
            return new AnalyticsView(since, days.Aggregate(new Counts(), (sum, day) => sum + day.Counts), days, languages, exhibits);
        },
        ct);

    /// <summary>Questions that are the same but for capitals, accents and marks are one. Most often asked first; of refused ones those that are resolved are left out. What one visitor asked once is listed only when it was refused.</summary>
    public async Task<IReadOnlyList<AskedQuestion>> QuestionsAsync(DateTimeOffset since, string? outcome, string? language, int limit, CancellationToken ct) => await store.Database.ReadAsync(
        $"""
        SELECT max(words), a.language, count(*) AS asked, count(*) FILTER (WHERE outcome = 'refused'), max(a.at) AS last FROM answers a
        LEFT JOIN resolved r ON r.folded = a.folded AND r.language = a.language
        WHERE a.at >= @since AND words IS NOT NULL AND a.folded <> '' AND outcome <> 'talk' AND (CAST(@outcome AS TEXT) IS NULL OR outcome = @outcome)
            AND (CAST(@language AS TEXT) IS NULL OR a.language = @language) {(outcome == Outcomes.Refused ? "AND (r.at IS NULL OR a.at > r.at)" : "")}
        GROUP BY a.folded, a.language HAVING count(*) > 1 OR count(*) FILTER (WHERE outcome = 'refused') > 0 ORDER BY asked DESC, last DESC LIMIT @limit
        """,
        row => new AskedQuestion(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), At(row.GetInt64(4))),
        ct,
        ("@since", since.ToUnixTimeMilliseconds()),
        ("@outcome", outcome),
        ("@language", language),
        ("@limit", limit));

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RatedAnswer>> RatingsAsync(DateTimeOffset since, bool? good, int limit, CancellationToken ct) => await store.Database.ReadAsync(
        "SELECT words, good, exhibits, at FROM ratings WHERE at >= @since AND (CAST(@good AS BOOLEAN) IS NULL OR good = @good) ORDER BY at DESC LIMIT @limit",
        row => new RatedAnswer(row.IsDBNull(0) ? null : row.GetString(0), row.GetBoolean(1), JsonSerializer.Deserialize<string[]>(row.GetString(2))!, At(row.GetInt64(3))),
        ct,
        ("@since", since.ToUnixTimeMilliseconds()),
        ("@good", good),
        ("@limit", limit));

    private static Counts Counts(DbDataReader row, int from)
    {
        long Of(int column) => row.GetInt64(from + column);
        return new Counts(Of(0), Of(1), Of(2), Of(3), Of(4), Of(5));
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <param name="Answered">From the content.</param>
/// <param name="Refused">The content does not say.</param>
/// <param name="Talk">Greetings and the like.</param>
/// <param name="Mended">A model began it, and the curators' sentences completed it.</param>
/// <param name="Good">Ratings.</param>
/// <param name="Bad">Ratings.</param>
internal sealed record Counts(long Answered = 0, long Refused = 0, long Talk = 0, long Mended = 0, long Good = 0, long Bad = 0)
{
    public static Counts operator +(Counts a, Counts b) =>
        new(a.Answered + b.Answered, a.Refused + b.Refused, a.Talk + b.Talk, a.Mended + b.Mended, a.Good + b.Good, a.Bad + b.Bad);
}

internal sealed record AnalyticsView(
    DateTimeOffset Since, Counts Total, IReadOnlyList<DayCount> Days, IReadOnlyList<LanguageCount> Languages, IReadOnlyList<ExhibitCount> Exhibits);

/// <param name="Day">ISO 8601, in UTC.</param>
internal sealed record DayCount(string Day, Counts Counts);

internal sealed record LanguageCount(string Language, Counts Counts);

/// <param name="Id">The exhibit; it may be removed by now.</param>
/// <param name="Asked">Answers that stood on it.</param>
internal sealed record ExhibitCount(string Id, long Asked, long Good, long Bad);

/// <param name="Question">As it was asked one of the times.</param>
internal sealed record AskedQuestion(string Question, string Language, long Asked, long Refused, DateTimeOffset LastAsked);

/// <param name="Question">Null: words are not kept.</param>
internal sealed record RatedAnswer(string? Question, bool Good, IReadOnlyList<string> Exhibits, DateTimeOffset At);
