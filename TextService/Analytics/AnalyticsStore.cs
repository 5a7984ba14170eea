using System.Text.Json;
using Museum.TextService.Storage;

namespace Museum.TextService.Analytics;

/// <summary>Questions and ratings, of all replicas that share the database. Times are Unix milliseconds.</summary>
internal sealed class AnalyticsStore(IDatabases databases)
{
    private static readonly Tables Tables = new(
        Sqlite: """
            CREATE TABLE IF NOT EXISTS answers (
                number INTEGER PRIMARY KEY, at INTEGER NOT NULL, outcome TEXT NOT NULL, language TEXT NOT NULL,
                words TEXT, folded TEXT, composer TEXT NOT NULL, first_text_ms REAL NOT NULL
            ) STRICT;
            CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
            CREATE TABLE IF NOT EXISTS answer_exhibits (answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, exhibit TEXT NOT NULL, PRIMARY KEY (answer, exhibit)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS ratings (key TEXT PRIMARY KEY, at INTEGER NOT NULL, good INTEGER NOT NULL, words TEXT, exhibits TEXT NOT NULL) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS ratings_at ON ratings (at);
            CREATE TABLE IF NOT EXISTS resolved (folded TEXT NOT NULL, language TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (folded, language)) STRICT, WITHOUT ROWID;
            """,
        Postgres: """
            CREATE TABLE IF NOT EXISTS answers (
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at BIGINT NOT NULL, outcome TEXT NOT NULL, language TEXT NOT NULL,
                words TEXT, folded TEXT, composer TEXT NOT NULL, first_text_ms DOUBLE PRECISION NOT NULL
            );
            CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
            CREATE TABLE IF NOT EXISTS answer_exhibits (answer BIGINT NOT NULL REFERENCES answers ON DELETE CASCADE, exhibit TEXT COLLATE "C" NOT NULL, PRIMARY KEY (answer, exhibit));
            CREATE TABLE IF NOT EXISTS ratings (key TEXT PRIMARY KEY, at BIGINT NOT NULL, good BOOLEAN NOT NULL, words TEXT, exhibits TEXT NOT NULL);
            CREATE INDEX IF NOT EXISTS ratings_at ON ratings (at);
            CREATE TABLE IF NOT EXISTS resolved (folded TEXT NOT NULL, language TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (folded, language));
            """);

    /// <summary>For the reports.</summary>
    public IDatabase Database { get; } = databases.Open("analytics", Tables);

    public Task WriteAsync(IReadOnlyList<AnalyticsRow> rows, CancellationToken ct) => Database.WriteAsync(
        async db =>
        {
            foreach (var row in rows)
            {
                await (row switch
                {
                    AnalyticsRow.Answer answer => WriteAsync(db, answer, ct),
                    AnalyticsRow.Rating rating => WriteAsync(db, rating, ct),
                    _ => throw new InvalidOperationException($"{row.GetType().Name} has no table."),
                });
            }

            return rows.Count;
        },
        ct);

    public Task ForgetAsync(DateTimeOffset before, CancellationToken ct) => Database.WriteAsync(
        "DELETE FROM answers WHERE at < @at; DELETE FROM ratings WHERE at < @at; DELETE FROM resolved WHERE at < @at", ct, ("@at", before.ToUnixTimeMilliseconds()));

    /// <summary>What is counted stays.</summary>
    public Task ForgetWordsAsync(CancellationToken ct) => Database.WriteAsync(
        """
        UPDATE answers SET words = NULL, folded = NULL WHERE words IS NOT NULL;
        UPDATE ratings SET words = NULL WHERE words IS NOT NULL;
        DELETE FROM resolved
        """,
        ct);

    /// <summary>The question is dealt with, until it is asked and refused again.</summary>
    public Task ResolveAsync(string words, string language, DateTimeOffset at, CancellationToken ct) => Database.WriteAsync(
        "INSERT INTO resolved (folded, language, at) VALUES (@folded, @language, @at) ON CONFLICT (folded, language) DO UPDATE SET at = excluded.at",
        ct,
        ("@folded", AnalyticsRow.Fold(words)),
        ("@language", language),
        ("@at", at.ToUnixTimeMilliseconds()));

    private async Task WriteAsync(SqlSession db, AnalyticsRow.Answer answer, CancellationToken ct)
    {
        var number = await db.ReadAsync(
            "INSERT INTO answers (at, outcome, language, words, folded, composer, first_text_ms) VALUES (@at, @outcome, @language, @words, @folded, @composer, @first) RETURNING number",
            row => row.GetInt64(0),
            ct,
            ("@at", answer.At.ToUnixTimeMilliseconds()),
            ("@outcome", answer.Outcome),
            ("@language", answer.Language),
            ("@words", answer.Words),
            ("@folded", answer.Words is { } words ? AnalyticsRow.Fold(words) : null),
            ("@composer", answer.Composer),
            ("@first", answer.FirstTextMs));
        await db.RunAsync(
            $"INSERT INTO answer_exhibits (answer, exhibit) SELECT DISTINCT @answer, value FROM {Database.Texts("@exhibits")}",
            ct,
            ("@answer", number[0]),
            ("@exhibits", JsonSerializer.Serialize(answer.Exhibits)));
    }

    private static Task WriteAsync(SqlSession db, AnalyticsRow.Rating rating, CancellationToken ct) => db.RunAsync(
        """
        INSERT INTO ratings (key, at, good, words, exhibits) VALUES (@key, @at, @good, @words, @exhibits)
        ON CONFLICT (key) DO UPDATE SET at = excluded.at, good = excluded.good
        """,
        ct,
        ("@key", rating.Key),
        ("@at", rating.At.ToUnixTimeMilliseconds()),
        ("@good", rating.Good),
        ("@words", rating.Words),
        ("@exhibits", JsonSerializer.Serialize(rating.Exhibits)));
}
