using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>
/// The private FTS5 index of one state of the content: a file that is written once and then only read, by as many connections as may search
/// at once, without locks. Terms are cut here and not by SQLite, so that English stems and Chinese pairs are the same everywhere.
/// </summary>
internal sealed class FullText : IDisposable
{
    // Title, other names and data weigh more than the running text.
    private const string Weights = "10.0, 8.0, 4.0, 1.0";

    // A window of three sentences holds a question's words that a single one misses.
    private const int Window = 3;

    private readonly Channel<Reader> idle;
    private readonly string file;

    private FullText(string file, IEnumerable<Reader> readers, int count)
    {
        this.file = file;
        // As many as there are readers: returning one never waits.
        idle = Channel.CreateBounded<Reader>(count);
        foreach (var reader in readers)
        {
            idle.Writer.TryWrite(reader);
        }
    }

    public static FullText Build(IReadOnlyList<Exhibit> exhibits, IReadOnlyDictionary<Tongue, IReadOnlyList<IReadOnlyList<IndexedSentence>>> sentences, int readers)
    {
        var file = Path.Combine(Path.GetTempPath(), $"museum-index-{Guid.NewGuid():n}.db");
        using (var db = Open(file))
        {
            // Nothing of it is worth keeping if the process ends.
            Execute(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
            foreach (var tongue in Tongues.All)
            {
                Execute(db, $"CREATE VIRTUAL TABLE exhibits_{tongue.Code()} USING fts5(title, names, data, body, content = '', tokenize = 'unicode61')");
                Execute(db, $"CREATE VIRTUAL TABLE passages_{tongue.Code()} USING fts5(text, content = '', tokenize = 'unicode61')");
                Execute(db, $"CREATE TABLE places_{tongue.Code()} (passage INTEGER PRIMARY KEY, exhibit INTEGER NOT NULL)");
                Fill(db, tongue, exhibits, sentences[tongue]);
            }

            Execute(db, "COMMIT");
        }

        return new FullText(file, Enumerable.Range(0, readers).Select(_ => new Reader(file)), readers);
    }

    /// <summary>The exhibits whose fields match any of the terms, best first.</summary>
    public ValueTask<List<int>> ByFieldAsync(Tongue tongue, IReadOnlyCollection<string> terms, int limit, CancellationToken ct) =>
        SearchAsync(reader => reader.ByField[tongue], terms, limit, ct);

    /// <summary>The exhibits of which a passage matches any of the terms, best first.</summary>
    public ValueTask<List<int>> ByPassageAsync(Tongue tongue, IReadOnlyCollection<string> terms, int limit, CancellationToken ct) =>
        SearchAsync(reader => reader.ByPassage[tongue], terms, limit, ct);

    private async ValueTask<List<int>> SearchAsync(Func<Reader, SqliteCommand> command, IReadOnlyCollection<string> terms, int limit, CancellationToken ct)
    {
        if (terms.Count == 0)
        {
            return [];
        }

        var reader = await idle.Reader.ReadAsync(ct);
        try
        {
            return Reader.Search(command(reader), terms, limit);
        }
        finally
        {
            if (!idle.Writer.TryWrite(reader))
            {
                reader.Dispose();
            }
        }
    }

    /// <summary>Nobody may search any more: see <see cref="ContentHolder"/>. Who does so all the same is told at once.</summary>
    public void Dispose()
    {
        idle.Writer.TryComplete();
        while (idle.Reader.TryRead(out var reader))
        {
            reader.Dispose();
        }

        File.Delete(file);
    }

    private static void Fill(SqliteConnection db, Tongue tongue, IReadOnlyList<Exhibit> exhibits, IReadOnlyList<IReadOnlyList<IndexedSentence>> sentences)
    {
        string Terms(params IEnumerable<string> texts) => string.Join(' ', texts.SelectMany(t => FullTextTerms.Of(t, tongue)));
        using var entry = Prepared(db, $"INSERT INTO exhibits_{tongue.Code()} (rowid, title, names, data, body) VALUES ($1, $2, $3, $4, $5)", 5);
        using var passage = Prepared(db, $"INSERT INTO passages_{tongue.Code()} (rowid, text) VALUES ($1, $2)", 2);
        using var place = Prepared(db, $"INSERT INTO places_{tongue.Code()} (passage, exhibit) VALUES ($1, $2)", 2);
        var passages = 0;
        for (var i = 0; i < exhibits.Count; i++)
        {
            var exhibit = exhibits[i];
            Run(
                entry,
                i,
                Terms(exhibit.Title[tongue]),
                Terms([.. exhibit.Aliases[tongue], exhibit.Maker[tongue]]),
                Terms([exhibit.Date[tongue], exhibit.Material[tongue], exhibit.Found[tongue], exhibit.Home[tongue], .. exhibit.Tags[tongue]]),
                Terms(sentences[i].Select(s => s.Text)));
            for (var at = 0; at < sentences[i].Count; at++)
            {
                var window = sentences[i].Skip(at).Take(Window).TakeWhile(s => s.Section == sentences[i][at].Section).Select(s => s.Text);
                Run(passage, ++passages, Terms(window));
                Run(place, passages, i);
            }
        }
    }

    private static SqliteConnection Open(string file)
    {
        // Not pooled: a closed connection is to leave the file alone.
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        db.Open();
        return db;
    }

    private static void Execute(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepared(SqliteConnection db, string sql, int parameters)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddRange(Enumerable.Range(1, parameters).Select(i => new SqliteParameter($"${i}", DBNull.Value)));
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private sealed class Reader : IDisposable
    {
        // Several passages of an exhibit may match: so many are looked at for each exhibit wanted.
        private const int PassagesEach = 4;

        private readonly SqliteConnection db;

        public Reader(string file)
        {
            db = Open($"file:{file}?immutable=1");
            ByField = Tongues.All.ToDictionary(t => t, t => Command(
                $"SELECT rowid FROM exhibits_{t.Code()} WHERE exhibits_{t.Code()} MATCH $query AND rank MATCH 'bm25({Weights})' ORDER BY rank LIMIT $limit"));
            ByPassage = Tongues.All.ToDictionary(t => t, t => Command(
                $"""
                SELECT exhibit FROM (
                    SELECT p.exhibit AS exhibit, f.rank AS score FROM passages_{t.Code()} f JOIN places_{t.Code()} p ON p.passage = f.rowid
                    WHERE passages_{t.Code()} MATCH $query ORDER BY f.rank LIMIT $limit * {PassagesEach}
                ) GROUP BY exhibit ORDER BY min(score) LIMIT $limit
                """));
        }

        public Dictionary<Tongue, SqliteCommand> ByField { get; }
        public Dictionary<Tongue, SqliteCommand> ByPassage { get; }

        public static List<int> Search(SqliteCommand command, IReadOnlyCollection<string> terms, int limit)
        {
            command.Parameters["$query"].Value = string.Join(" OR ", terms.Select(t => $"\"{t}\""));
            command.Parameters["$limit"].Value = limit;
            using var rows = command.ExecuteReader();
            var hits = new List<int>(limit);
            while (rows.Read())
            {
                hits.Add(rows.GetInt32(0));
            }

            return hits;
        }

        public void Dispose()
        {
            foreach (var command in ByField.Values.Concat(ByPassage.Values))
            {
                command.Dispose();
            }

            db.Dispose();
        }

        private SqliteCommand Command(string sql)
        {
            var command = db.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add("$query", SqliteType.Text);
            command.Parameters.Add("$limit", SqliteType.Integer);
            command.Prepare();
            return command;
        }
    }
}
