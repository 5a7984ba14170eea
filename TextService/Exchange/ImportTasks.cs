using System.Data.Common;
using Museum.TextService.Storage;

namespace Museum.TextService.Exchange;

/// <summary>The imports and their reports, where every replica can show and cancel them, whichever runs them.</summary>
internal sealed class ImportTasks(IDatabases databases, TimeProvider time)
{
    private const int MostKept = 100;

    // One that was not heard of for so long has died with its replica. Of those that wait one hears with the one that runs.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    private static readonly Tables Tables = new(
        Sqlite: """
            CREATE TABLE IF NOT EXISTS imports (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL, dry_run INTEGER NOT NULL, target TEXT NOT NULL, author TEXT NOT NULL,
                total INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, touched_at INTEGER NOT NULL, is_cancelled INTEGER NOT NULL DEFAULT 0
            ) STRICT;
            CREATE TABLE IF NOT EXISTS rows (
                import TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL, exhibit TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, PRIMARY KEY (import, number)
            ) STRICT, WITHOUT ROWID;
            """,
        Postgres: """
            CREATE TABLE IF NOT EXISTS imports (
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL, dry_run BOOLEAN NOT NULL, target TEXT NOT NULL, author TEXT NOT NULL,
                total INTEGER NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT, touched_at BIGINT NOT NULL, is_cancelled BOOLEAN NOT NULL DEFAULT FALSE
            );
            CREATE TABLE IF NOT EXISTS rows (
                import TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL, exhibit TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, PRIMARY KEY (import, number)
            );
            """);

    private const string Select = """
        SELECT id, status, dry_run, target, author, total, started_at, ended_at, touched_at,
            count(r.number), count(*) FILTER (WHERE outcome = 'created'), count(*) FILTER (WHERE outcome = 'updated'),
            count(*) FILTER (WHERE outcome = 'unchanged'), count(*) FILTER (WHERE outcome = 'failed')
        FROM imports i LEFT JOIN rows r ON r.import = i.id
        """;

    private readonly IDatabase database = databases.Open("imports", Tables);

    public Task BeginAsync(ImportTask task, CancellationToken ct) => database.WriteAsync(
        """
        INSERT INTO imports (id, status, dry_run, target, author, total, started_at, touched_at) VALUES (@id, @status, @dry, @as, @by, @total, @at, @at);
        DELETE FROM imports WHERE number <= (SELECT max(number) FROM imports) - @kept;
        DELETE FROM rows WHERE import NOT IN (SELECT id FROM imports)
        """,
        ct,
        ("@id", task.Id),
        ("@status", task.Status),
        ("@dry", task.DryRun),
        ("@as", task.As),
        ("@by", task.By),
        ("@total", task.Total),
        ("@at", task.StartedAt.ToUnixTimeMilliseconds()),
        ("@kept", MostKept));

    /// <returns>False: it was cancelled.</returns>
    public Task<bool> ReportAsync(string id, IReadOnlyList<RowReport> rows, CancellationToken ct) => database.WriteAsync(
        async db =>
        {
            foreach (var row in rows)
            {
                await db.RunAsync(
                    """
                    INSERT INTO rows (import, number, source, exhibit, outcome, reason) VALUES (@id, @row, @source, @exhibit, @outcome, @reason)
                    ON CONFLICT (import, number) DO UPDATE SET source = excluded.source, exhibit = excluded.exhibit, outcome = excluded.outcome, reason = excluded.reason
                    """,
                    ct,
                    ("@id", id),
                    ("@row", row.Row),
                    ("@source", row.Source),
                    ("@exhibit", row.Id),
                    ("@outcome", row.Outcome),
                    ("@reason", row.Reason));
            }

            await db.RunAsync(
                """
                UPDATE imports SET status = @processing WHERE id = @id AND status = @waiting;
                UPDATE imports SET touched_at = @at WHERE id = @id OR status = @waiting
                """,
                ct,
                ("@id", id),
                ("@at", time.GetUtcNow().ToUnixTimeMilliseconds()),
                ("@processing", ImportTask.Processing),
                ("@waiting", ImportTask.Waiting));
            return await db.ReadAsync("SELECT is_cancelled FROM imports WHERE id = @id", row => row.GetBoolean(0), ct, ("@id", id)) is [false];
        },
        ct);

    public Task EndAsync(string id, string status, CancellationToken ct) => database.WriteAsync(
        "UPDATE imports SET status = @status, ended_at = @at WHERE id = @id", ct, ("@id", id), ("@status", status), ("@at", time.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <returns>False: there is no such import, or it has ended.</returns>
    public Task<bool> CancelAsync(string id, CancellationToken ct) => database.WriteAsync(
        // Also of one that has long been silent: if it only waits for others, it shall not begin.
        async db => (await db.ReadAsync("UPDATE imports SET is_cancelled = TRUE WHERE id = @id AND ended_at IS NULL RETURNING number", row => row.GetInt64(0), ct, ("@id", id))).Count > 0,
        ct);

    public async Task<ImportTask?> FindAsync(string id, CancellationToken ct) =>
        (await database.ReadAsync($"{Select} WHERE id = @id GROUP BY i.number", Of, ct, ("@id", id))).SingleOrDefault();

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ImportTask>> ListAsync(CancellationToken ct) => await database.ReadAsync($"{Select} GROUP BY i.number ORDER BY i.number DESC", Of, ct);

    /// <param name="id">Of the import.</param>
    /// <param name="after">Only rows after this one.</param>
    /// <param name="outcome">Only these.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<RowReport>> RowsAsync(string id, int after, string? outcome, int limit, CancellationToken ct) => await database.ReadAsync(
        """
        SELECT number, source, exhibit, outcome, reason FROM rows
        WHERE import = @id AND number > @after AND (CAST(@outcome AS TEXT) IS NULL OR outcome = @outcome) ORDER BY number LIMIT @limit
        """,
        row => new RowReport(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
        ct,
        ("@id", id),
        ("@after", after),
        ("@outcome", outcome),
        ("@limit", limit));

    private ImportTask Of(DbDataReader row)
    {
        DateTimeOffset At(int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
        var status = row.GetString(1);
        return new ImportTask
        {
            Id = row.GetString(0),
            Status = status is ImportTask.Processing or ImportTask.Waiting && time.GetUtcNow() - At(8) > Silence ? ImportTask.Failed : status,
            DryRun = row.GetBoolean(2),
            As = row.GetString(3),
            By = row.GetString(4),
            Total = row.GetInt32(5),
            StartedAt = At(6),
            EndedAt = row.IsDBNull(7) ? null : At(7),
            Processed = row.GetInt32(9),
            Created = row.GetInt32(10),
            Updated = row.GetInt32(11),
            Unchanged = row.GetInt32(12),
            Faulty = row.GetInt32(13),
        };
    }
}
