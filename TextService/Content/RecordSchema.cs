using Museum.TextService.Storage;

namespace Museum.TextService.Content;

/// <summary>
/// The tables of <see cref="SqlRecords"/>: one row for each exhibit that there ever was. A removed one keeps its row, so that its file does
/// not bring it back, and so does one whose file is away (removed, not edited), which its file does bring back. <c>file_hash</c> is what
/// was taken from its file, <c>file_now</c> what the file says. <c>hall</c>, <c>words</c> and what is missing are there for the list alone.
/// </summary>
internal static class RecordSchema
{
    /// <summary>The rooms are kept in the same store.</summary>
    public const string Store = "content";

    /// <summary>Raised when what is read out of a file changes: then every file is imported anew, except into edited entries.</summary>
    public const string Format = "2:";

    public const string Insert = """
        INSERT INTO records (id, revision, live, live_hash, draft, stage, submitted_by, note, versions, edited, removed, file_hash, file_now,
            created_at, updated_at, updated_by, published_at, hall, words, missing_en, missing_zh, written_by)
        VALUES (@id, @revision, @live, @live_hash, @draft, @stage, @submitted_by, @note, @versions, @edited, @removed, @file_hash, @file_now,
            @created_at, @updated_at, @updated_by, @published_at, @hall, @words, @missing_en, @missing_zh, @written_by)
        """;

    public const string Update = """
        UPDATE records SET revision = @revision, live = @live, live_hash = @live_hash, draft = @draft, stage = @stage,
            submitted_by = @submitted_by, note = @note, versions = @versions, edited = @edited, removed = @removed, file_hash = @file_hash,
            file_now = @file_now, updated_at = @updated_at, updated_by = @updated_by, published_at = @published_at, hall = @hall,
            words = @words, missing_en = @missing_en, missing_zh = @missing_zh, written_by = @written_by
        WHERE id = @id
        """;

    public static Tables Tables { get; } = new(
        Sqlite: """
            DROP TABLE IF EXISTS exhibits;
            CREATE TABLE IF NOT EXISTS records (
                number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
                live TEXT, live_hash TEXT, draft TEXT, stage TEXT, submitted_by TEXT, note TEXT,
                versions INTEGER NOT NULL, edited INTEGER NOT NULL, removed INTEGER NOT NULL, file_hash TEXT, file_now TEXT,
                created_at TEXT NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL, published_at TEXT,
                hall INTEGER, words TEXT NOT NULL, missing_en INTEGER NOT NULL, missing_zh INTEGER NOT NULL, written_by TEXT
            ) STRICT;
            CREATE TABLE IF NOT EXISTS versions (
                id TEXT NOT NULL, number INTEGER NOT NULL, published_at TEXT NOT NULL, published_by TEXT NOT NULL, document TEXT NOT NULL, fate TEXT,
                PRIMARY KEY (id, number)
            ) STRICT;
            """,
        // Ids are sorted as SQLite does, whatever the server's locale: the content's version depends on it.
        Postgres: """
            CREATE TABLE IF NOT EXISTS records (
                number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id TEXT COLLATE "C" NOT NULL UNIQUE, revision BIGINT NOT NULL,
                live TEXT, live_hash TEXT, draft TEXT, stage TEXT, submitted_by TEXT, note TEXT,
                versions INTEGER NOT NULL, edited BOOLEAN NOT NULL, removed BOOLEAN NOT NULL, file_hash TEXT, file_now TEXT,
                created_at TEXT NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL, published_at TEXT,
                hall INTEGER, words TEXT NOT NULL, missing_en BOOLEAN NOT NULL, missing_zh BOOLEAN NOT NULL, written_by TEXT
            );
            CREATE TABLE IF NOT EXISTS versions (
                id TEXT NOT NULL, number INTEGER NOT NULL, published_at TEXT NOT NULL, published_by TEXT NOT NULL, document TEXT NOT NULL, fate TEXT,
                PRIMARY KEY (id, number)
            );
            """)
    {
        Added = [("records", "written_by"), ("versions", "fate")],
    };
}
