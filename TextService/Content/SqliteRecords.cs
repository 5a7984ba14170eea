using Microsoft.Data.Sqlite;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <summary>The records in one SQLite file (WAL), for all replicas on a host: writers take turns, readers never wait.</summary>
internal sealed class SqliteRecords(string file, TimeProvider time) : IRecordStore
{
    /// <summary>Named as the changer of what comes from files.</summary>
    private const string Files = "content";

    private readonly SqliteFile database = new(file);

    public async Task CreateAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        await db.RunAsync(RecordSchema.Create, ct);
        if (await db.ReadAsync("SELECT 1 FROM pragma_table_info('records') WHERE name = 'written_by'", _ => true, ct) is [])
        {
            // Of two replicas that find it missing one fails, and tries again (ContentHost).
            await db.RunAsync(RecordSchema.AddWriter, ct);
        }
    }

    public async Task<ImportResult> ImportAsync(IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        await using var transaction = db.BeginTransaction(deferred: false);
        var known = (await RowsAsync(db, "WHERE file_hash IS NOT NULL OR id IN (SELECT value FROM json_each($ids))", ct, ("$ids", Json(entries.Select(e => e.Id)))))
            .ToDictionary(r => r.Record.Id);
        var changed = new List<string>();
        foreach (var entry in entries)
        {
            var row = known.GetValueOrDefault(entry.Id);
            var hash = RecordSchema.Format + entry.Hash;
            if (entry.Exhibit is not { } exhibit || row?.FileNow == hash)
            {
                continue;
            }

            // A row that is removed but not edited has only lost its file, and goes on with it: its number, its revisions, its versions.
            if (row is { Record.Edited: true } or { FileHash: null })
            {
                await WriteAsync(db, row with { FileNow = hash }, ct);
                continue;
            }

            var record = row?.Record ?? new ExhibitRecord { Id = entry.Id };
            await WriteAsync(db, new RecordRow(Stamped(record with { Live = TidyDocument.Of(ExhibitDocument.Of(exhibit)) }, Files, publishes: true), false, hash, hash), ct);
            changed.Add(entry.Id);
        }

        var there = entries.Select(e => e.Id).ToHashSet();
        var gone = known.Values.Where(r => r is { Removed: false, FileHash: not null, Record.Edited: false } && !there.Contains(r.Record.Id)).ToList();
        foreach (var row in gone)
        {
            await WriteAsync(db, new RecordRow(Stamped(row.Record with { Live = null, PublishedAt = null }, Files, publishes: false), true, row.FileHash, null), ct);
        }

        await transaction.CommitAsync(ct);
        return new ImportResult(changed, [.. gone.Select(r => r.Record.Id)]);
    }

    public async Task<IReadOnlyList<LiveHash>> LiveAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.ReadAsync("SELECT id, live_hash FROM records WHERE live IS NOT NULL ORDER BY id", row => new LiveHash(row.GetString(0), row.GetString(1)), ct);
    }

    public async Task<IReadOnlyList<LiveText>> ReadLiveAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.ReadAsync(
            "SELECT id, live_hash, live FROM records WHERE live IS NOT NULL AND id IN (SELECT value FROM json_each($ids))",
            row => new LiveText(row.GetString(0), row.GetString(1), RecordRow.Read(row.GetString(2))),
            ct,
            ("$ids", Json(ids)));
    }

    public async Task<RecordPage> ListAsync(RecordFilter filter, CancellationToken ct)
    {
        const string Where = """
            WHERE removed = 0 AND ($state IS NULL OR ifnull(lower(stage), 'live') = $state) AND ($hall IS NULL OR hall = $hall) AND ($live = 0 OR live IS NOT NULL)
                AND ($missing IS NULL OR iif($missing = 'zh', missing_zh, missing_en) = 1) AND ($words IS NULL OR instr(words, $words) > 0)
            """;
        (string, object?)[] asked =
        [
            ("$state", filter.State), ("$hall", filter.Hall), ("$live", filter.LiveOnly), ("$missing", filter.MissingIn), ("$words", filter.Words is { } words ? Folding.Fold(words) : null),
        ];
        await using var db = await database.OpenAsync(ct);
        var total = await db.ReadAsync($"SELECT count(*) FROM records {Where}", row => row.GetInt32(0), ct, asked);
        var rows = await RowsAsync(db, $"{Where} ORDER BY id LIMIT $take OFFSET $skip", ct, [.. asked, ("$take", filter.Take), ("$skip", filter.Skip)]);
        return new RecordPage([.. rows.Select(r => r.Record)], total[0]);
    }

    public Task<ExhibitRecord?> FindAsync(string id, CancellationToken ct) => FindAsync("id", id, ct);

    public Task<ExhibitRecord?> FindAsync(long number, CancellationToken ct) => FindAsync("number", number, ct);

    public async Task<IReadOnlyList<ExhibitVersion>> VersionsAsync(string id, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.ReadAsync(
            "SELECT number, published_at, published_by, document FROM versions WHERE id = $id ORDER BY number DESC",
            row => new ExhibitVersion(row.GetInt32(0), RecordRow.Time(row.GetString(1)), row.GetString(2), RecordRow.Read(row.GetString(3))),
            ct,
            ("$id", id));
    }

    public async Task<IReadOnlyList<RecordOutcome>> WriteAsync(string by, IReadOnlyList<RecordChange> changes, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        // At once the writer: who only became one at the first write would build on what another has changed meanwhile.
        await using var transaction = db.BeginTransaction(deferred: false);
        var outcomes = new List<RecordOutcome>(changes.Count);
        foreach (var change in changes)
        {
            try
            {
                outcomes.Add(await ApplyAsync(db, by, change, ct));
            }
            catch (ClientException refusal)
            {
                outcomes.Add(new RecordOutcome(null, false, refusal));
            }
        }

        await transaction.CommitAsync(ct);
        return outcomes;
    }

    private async Task<RecordOutcome> ApplyAsync(SqliteConnection db, string by, RecordChange change, CancellationToken ct)
    {
        var row = (await RowsAsync(db, "WHERE id = $id", ct, ("$id", change.Id))).SingleOrDefault();
        var before = row is { Removed: false } ? row.Record : null;
        var after = change.Apply(before);
        if (after == before)
        {
            return new RecordOutcome(before, false, null);
        }

        if (after is null)
        {
            await WriteAsync(db, row! with { Record = Stamped(before! with { Live = null, Draft = null, Stage = null, Edited = true }, by, publishes: false), Removed = true }, ct);
            return new RecordOutcome(null, true, null);
        }

        // One who comes back after its removal goes on with its number and its revisions.
        after = after with { Number = row?.Record.Number ?? 0, Revision = row?.Record.Revision ?? 0, Versions = row?.Record.Versions ?? 0, Edited = true, WrittenBy = after.Draft is null ? null : after.Draft == before?.Draft ? before?.WrittenBy : by };
        var record = Stamped(after with { CreatedAt = before?.CreatedAt ?? default }, by, publishes: after.Live is not null && after.Live != before?.Live);
        await WriteAsync(db, new RecordRow(record, false, row?.FileHash, row?.FileNow), ct);
        return new RecordOutcome((await RowsAsync(db, "WHERE id = $id", ct, ("$id", change.Id)))[0].Record, true, null);
    }

    private static async Task WriteAsync(SqliteConnection db, RecordRow row, CancellationToken ct)
    {
        await db.RunAsync(RecordSchema.Upsert, ct, row.Parameters());
        if (row.Record is { Live: { } live, PublishedAt: { } at } record && at == record.UpdatedAt)
        {
            await db.RunAsync(
                "INSERT OR IGNORE INTO versions (id, number, published_at, published_by, document) VALUES ($id, $number, $at, $by, $document)",
                ct,
                ("$id", record.Id),
                ("$number", record.Versions),
                ("$at", RecordRow.Time(at)),
                ("$by", record.UpdatedBy),
                ("$document", RecordRow.Write(live)));
        }
    }

    private ExhibitRecord Stamped(ExhibitRecord record, string by, bool publishes)
    {
        var now = time.GetUtcNow();
        return record with
        {
            Revision = record.Revision + 1,
            CreatedAt = record.CreatedAt == default ? now : record.CreatedAt,
            UpdatedAt = now,
            UpdatedBy = by,
            PublishedAt = publishes ? now : record.PublishedAt,
            Versions = record.Versions + (publishes ? 1 : 0),
        };
    }

    private async Task<ExhibitRecord?> FindAsync(string column, object value, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await RowsAsync(db, $"WHERE removed = 0 AND {column} = $value", ct, ("$value", value))).SingleOrDefault()?.Record;
    }

    private static Task<List<RecordRow>> RowsAsync(SqliteConnection db, string where, CancellationToken ct, params (string, object?)[] parameters) =>
        db.ReadAsync($"SELECT {RecordRow.Columns} FROM records {where}", RecordRow.Of, ct, parameters);

    private static string Json(IEnumerable<string> ids) => System.Text.Json.JsonSerializer.Serialize(ids);
}
