namespace Museum.TextService.Content;

/// <summary>The tables of <see cref="SqliteRecords"/>.</summary>
internal static class RecordSchema
{
    /// <summary>Raised when what is read out of a file changes: then every file is imported anew, except into edited entries.</summary>
    public const string Format = "2:";

    /// <summary>
    /// One row for each exhibit that there ever was: a removed one keeps its row, so that its file does not bring it back, and so
    /// does one whose file is away (removed, not edited), which its file does bring back. `file_hash` is what
    /// was taken from its file, `file_now` what the file says. The last four are there for the list alone.
    /// </summary>
    public const string Create = """
        DROP TABLE IF EXISTS exhibits;
        CREATE TABLE IF NOT EXISTS records (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            revision INTEGER NOT NULL,
            live TEXT,
            live_hash TEXT,
            draft TEXT,
            stage TEXT,
            submitted_by TEXT,
            note TEXT,
            versions INTEGER NOT NULL,
            edited INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            file_hash TEXT,
            file_now TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            updated_by TEXT NOT NULL,
            published_at TEXT,
            hall INTEGER,
            words TEXT NOT NULL,
            missing_en INTEGER NOT NULL,
            missing_zh INTEGER NOT NULL,
            written_by TEXT
        ) STRICT;
        CREATE TABLE IF NOT EXISTS versions (
            id TEXT NOT NULL,
            number INTEGER NOT NULL,
            published_at TEXT NOT NULL,
            published_by TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (id, number)
        ) STRICT;
        """;

    /// <summary>For a table that was made before it had this column.</summary>
    public const string AddWriter = "ALTER TABLE records ADD COLUMN written_by TEXT";

    public const string Upsert = """
        INSERT INTO records (id, revision, live, live_hash, draft, stage, submitted_by, note, versions, edited, removed, file_hash, file_now,
            created_at, updated_at, updated_by, published_at, hall, words, missing_en, missing_zh, written_by)
        VALUES ($id, $revision, $live, $live_hash, $draft, $stage, $submitted_by, $note, $versions, $edited, $removed, $file_hash, $file_now,
            $created_at, $updated_at, $updated_by, $published_at, $hall, $words, $missing_en, $missing_zh, $written_by)
        ON CONFLICT (id) DO UPDATE SET revision = $revision, live = $live, live_hash = $live_hash, draft = $draft, stage = $stage,
            submitted_by = $submitted_by, note = $note, versions = $versions, edited = $edited, removed = $removed, file_hash = $file_hash,
            file_now = $file_now, updated_at = $updated_at, updated_by = $updated_by, published_at = $published_at, hall = $hall,
            words = $words, missing_en = $missing_en, missing_zh = $missing_zh, written_by = $written_by
        """;
}
