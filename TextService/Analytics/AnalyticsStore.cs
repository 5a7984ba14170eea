using System.Text.Json;
using Microsoft.Data.Sqlite;
using Museum.TextService.Content;

namespace Museum.TextService.Analytics;

/// <summary>Questions and ratings in one SQLite file for all replicas on a host. Times are Unix milliseconds.</summary>
internal sealed class AnalyticsStore(string file)
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS answers (
            number INTEGER PRIMARY KEY, at INTEGER NOT NULL, outcome TEXT NOT NULL, language TEXT NOT NULL,
            words TEXT, folded TEXT, composer TEXT NOT NULL, first_text_ms REAL NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
        CREATE TABLE IF NOT EXISTS answer_exhibits (answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, exhibit TEXT NOT NULL, PRIMARY KEY (answer, exhibit)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ratings (key TEXT PRIMARY KEY, at INTEGER NOT NULL, good INTEGER NOT NULL, words TEXT, exhibits TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS ratings_at ON ratings (at);
        CREATE TABLE IF NOT EXISTS resolved (folded TEXT NOT NULL, language TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (folded, language)) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteFile database = new(file);

    public async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        var db = await database.OpenAsync(ct);
        await db.RunAsync(Create, ct);
        return db;
    }

    public async Task WriteAsync(IReadOnlyList<AnalyticsRow> rows, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await using var transaction = db.BeginTransaction(deferred: false);
        foreach (var row in rows)
        {
            await (row switch
            {
                AnalyticsRow.Answer answer => WriteAsync(db, answer, ct),
                AnalyticsRow.Rating rating => WriteAsync(db, rating, ct),
                _ => throw new InvalidOperationException($"{row.GetType().Name} has no table."),
            });
        }

        await transaction.CommitAsync(ct);
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await db.RunAsync(
            "DELETE FROM answers WHERE at < $at; DELETE FROM ratings WHERE at < $at; DELETE FROM resolved WHERE at < $at", ct, ("$at", before.ToUnixTimeMilliseconds()));
    }

    /// <summary>What is counted stays.</summary>
    public async Task ForgetWordsAsync(CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await db.RunAsync(
            """
            UPDATE answers SET words = NULL, folded = NULL WHERE words IS NOT NULL;
            UPDATE ratings SET words = NULL WHERE words IS NOT NULL;
            DELETE FROM resolved
            """,
            ct);
    }

    /// <summary>The question is dealt with, until it is asked and refused again.</summary>
    public async Task ResolveAsync(string words, string language, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        await db.RunAsync(
            "INSERT INTO resolved (folded, language, at) VALUES ($folded, $language, $at) ON CONFLICT (folded, language) DO UPDATE SET at = $at",
            ct,
            ("$folded", AnalyticsRow.Fold(words)),
            ("$language", language),
            ("$at", at.ToUnixTimeMilliseconds()));
    }

    private static async Task WriteAsync(SqliteConnection db, AnalyticsRow.Answer answer, CancellationToken ct)
    {
        await db.RunAsync(
            "INSERT INTO answers (at, outcome, language, words, folded, composer, first_text_ms) VALUES ($at, $outcome, $language, $words, $folded, $composer, $first)",
            ct,
            ("$at", answer.At.ToUnixTimeMilliseconds()),
            ("$outcome", answer.Outcome),
            ("$language", answer.Language),
            ("$words", answer.Words),
            ("$folded", answer.Words is { } words ? AnalyticsRow.Fold(words) : null),
            ("$composer", answer.Composer),
            ("$first", answer.FirstTextMs));
        await db.RunAsync(
            "INSERT OR IGNORE INTO answer_exhibits (answer, exhibit) SELECT last_insert_rowid(), value FROM json_each($exhibits)", ct, ("$exhibits", JsonSerializer.Serialize(answer.Exhibits)));
    }

    private static Task WriteAsync(SqliteConnection db, AnalyticsRow.Rating rating, CancellationToken ct) => db.RunAsync(
        """
        INSERT INTO ratings (key, at, good, words, exhibits) VALUES ($key, $at, $good, $words, $exhibits)
        ON CONFLICT (key) DO UPDATE SET at = $at, good = $good
        """,
        ct,
        ("$key", rating.Key),
        ("$at", rating.At.ToUnixTimeMilliseconds()),
        ("$good", rating.Good),
        ("$words", rating.Words),
        ("$exhibits", JsonSerializer.Serialize(rating.Exhibits)));
}
