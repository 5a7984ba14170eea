using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <param name="Exhibit">Its ordinal in the index.</param>
/// <param name="Score">BM25 turned over: higher is better; comparable within one search.</param>
internal sealed record Hit(int Exhibit, double Score);

/// <summary>
/// The private FTS5 index of one state of the content, in memory. Every reader has its own copy (about 2 MB), so that
/// searches never wait for a lock; terms are cut here and not by SQLite, so that English stems and Chinese pairs are the same everywhere.
/// </summary>
internal sealed class FullText : IDisposable
{
    // Title, other names and data weigh more than the running text.
    private const string Weights = "10.0, 8.0, 4.0, 1.0";

    // A window of three sentences holds a question's words that a single one misses.
    private const int Window = 3;

    private readonly Channel<Reader> idle;

    private FullText(IEnumerable<Reader> readers, int count)
    {
        // As many as there are readers: returning one never waits.
        idle = Channel.CreateBounded<Reader>(count);
        foreach (var reader in readers)
        {
            idle.Writer.TryWrite(reader);
        }
    }

    public static FullText Build(IReadOnlyList<Exhibit> exhibits, IReadOnlyDictionary<Tongue, IReadOnlyList<IReadOnlyList<IndexedSentence>>> sentences, int readers)
    {
        using var master = Open();
        foreach (var tongue in Tongues.All)
        {
            Execute(master, $"CREATE VIRTUAL TABLE exhibits_{tongue.Code()} USING fts5(title, names, data, body, tokenize = 'unicode61')");
            Execute(master, $"CREATE VIRTUAL TABLE passages_{tongue.Code()} USING fts5(exhibit UNINDEXED, text, tokenize = 'unicode61')");
            for (var i = 0; i < exhibits.Count; i++)
            {
                AddExhibit(master, tongue, exhibits[i], i, sentences[tongue][i]);
            }
        }

        return new FullText(Enumerable.Range(0, readers).Select(_ => new Reader(master)), readers);
    }

    /// <summary>The exhibits that match any of the terms, best first.</summary>
    public async ValueTask<List<Hit>> SearchAsync(Tongue tongue, IReadOnlyCollection<string> terms, int limit, CancellationToken ct)
    {
        if (terms.Count == 0)
        {
            return [];
        }

        var reader = await idle.Reader.ReadAsync(ct);
        try
        {
            return reader.Search(tongue, terms, limit);
        }
        finally
        {
            idle.Writer.TryWrite(reader);
        }
    }

    /// <summary>Nobody may search any more: see <see cref="ContentHolder"/>.</summary>
    public void Dispose()
    {
        while (idle.Reader.TryRead(out var reader))
        {
            reader.Dispose();
        }
    }

    private static void AddExhibit(SqliteConnection db, Tongue tongue, Exhibit exhibit, int ordinal, IReadOnlyList<IndexedSentence> sentences)
    {
        string Terms(params IEnumerable<string> texts) => string.Join(' ', texts.SelectMany(t => FullTextTerms.Of(t, tongue)));
        Execute(
            db,
            $"INSERT INTO exhibits_{tongue.Code()} (rowid, title, names, data, body) VALUES ($1, $2, $3, $4, $5)",
            ordinal,
            Terms(exhibit.Title[tongue]),
            Terms([.. exhibit.Aliases[tongue], exhibit.Maker[tongue]]),
            Terms([exhibit.Date[tongue], exhibit.Material[tongue], exhibit.Found[tongue], exhibit.Home[tongue], .. exhibit.Tags[tongue]]),
            Terms(sentences.Select(s => s.Text)));
        for (var i = 0; i < sentences.Count; i++)
        {
            var window = sentences.Skip(i).Take(Window).TakeWhile(s => s.Section == sentences[i].Section).Select(s => s.Text);
            Execute(db, $"INSERT INTO passages_{tongue.Code()} (exhibit, text) VALUES ($1, $2)", ordinal, Terms(window));
        }
    }

    private static SqliteConnection Open()
    {
        // Not pooled: a pooled connection to :memory: would come back with somebody else's tables.
        var db = new SqliteConnection("Data Source=:memory:;Pooling=False");
        db.Open();
        return db;
    }

    private static void Execute(SqliteConnection db, string sql, params object[] values)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        command.ExecuteNonQuery();
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection db = Open();
        private readonly Dictionary<Tongue, SqliteCommand> commands = [];

        public Reader(SqliteConnection master)
        {
            master.BackupDatabase(db);
            foreach (var tongue in Tongues.All)
            {
                var command = db.CreateCommand();
                command.CommandText = $"""
                    SELECT exhibit, sum(score) AS total FROM (
                        SELECT rowid AS exhibit, -bm25(exhibits_{tongue.Code()}, {Weights}) AS score FROM exhibits_{tongue.Code()} WHERE exhibits_{tongue.Code()} MATCH $query
                        UNION ALL
                        SELECT exhibit, max(score) FROM (
                            SELECT exhibit, -bm25(passages_{tongue.Code()}, 0.0, 1.0) AS score FROM passages_{tongue.Code()} WHERE passages_{tongue.Code()} MATCH $query ORDER BY rank LIMIT 24
                        ) GROUP BY exhibit
                    ) GROUP BY exhibit ORDER BY total DESC LIMIT $limit
                    """;
                command.Parameters.Add("$query", SqliteType.Text);
                command.Parameters.Add("$limit", SqliteType.Integer);
                command.Prepare();
                commands[tongue] = command;
            }
        }

        public List<Hit> Search(Tongue tongue, IReadOnlyCollection<string> terms, int limit)
        {
            var command = commands[tongue];
            command.Parameters["$query"].Value = string.Join(" OR ", terms.Select(t => $"\"{t}\""));
            command.Parameters["$limit"].Value = limit;
            using var rows = command.ExecuteReader();
            var hits = new List<Hit>(limit);
            while (rows.Read())
            {
                hits.Add(new Hit(rows.GetInt32(0), rows.GetDouble(1)));
            }

            return hits;
        }

        public void Dispose()
        {
            foreach (var command in commands.Values)
            {
                command.Dispose();
            }

            db.Dispose();
        }
    }
}
