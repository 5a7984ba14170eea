using Microsoft.Data.Sqlite;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.Benchmarks.Answers;

/// <summary>What anybody has in ten lines: everything about an exhibit in one row of FTS5, cut by its default tokenizer, ranked by its <c>bm25</c>.</summary>
internal sealed class PlainFullText : IDisposable
{
    // Not pooled: a pooled connection to :memory: would come back with somebody else's tables.
    private readonly SqliteConnection db = new("Data Source=:memory:;Pooling=False");

    public PlainFullText(IEnumerable<Exhibit> exhibits)
    {
        db.Open();
        using var create = db.CreateCommand();
        create.CommandText = "CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, text)";
        create.ExecuteNonQuery();
        using var insert = db.CreateCommand();
        insert.CommandText = "INSERT INTO entries VALUES ($id, $text)";
        foreach (var exhibit in exhibits)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$id", exhibit.Id);
            insert.Parameters.AddWithValue("$text", string.Join('\n', Tongues.All.SelectMany(t => Texts(exhibit, t))));
            insert.ExecuteNonQuery();
        }
    }

    public List<string> Search(string question, int count)
    {
        // The tokenizer cuts what stands in quotation marks; any of the words will do.
        var words = question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => $"\"{w.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        using var search = db.CreateCommand();
        search.CommandText = "SELECT id FROM entries WHERE entries MATCH $query ORDER BY rank LIMIT $count";
        search.Parameters.AddWithValue("$query", string.Join(" OR ", words));
        search.Parameters.AddWithValue("$count", count);
        using var rows = search.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    public void Dispose() => db.Dispose();

    private static IEnumerable<string> Texts(Exhibit exhibit, Tongue tongue) =>
    [
        exhibit.Title[tongue], .. exhibit.Aliases[tongue], exhibit.Maker[tongue], exhibit.Date[tongue], exhibit.Material[tongue], exhibit.Found[tongue], exhibit.Home[tongue],
        .. exhibit.Tags[tongue], .. exhibit.Body[tongue].SelectMany(s => s.Paragraphs),
    ];
}
