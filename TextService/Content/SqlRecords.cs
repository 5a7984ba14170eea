using Museum.ServiceDefaults.Errors;
using Museum.TextService.Language;
using Museum.TextService.Storage;

namespace Museum.TextService.Content;

/// <summary>The records in SQL, for all replicas that share the database: writers take turns, readers never wait.</summary>
internal sealed class SqlRecords(IDatabases databases, TimeProvider time) : IRecordStore
{
    /// <summary>Named as the changer of what comes from files.</summary>
    private const string Files = "content";

    private readonly IDatabase database = databases.Open(RecordSchema.Store, RecordSchema.Tables);

    private string AmongIds => $"id IN (SELECT value FROM {database.Texts("@ids")})";

    public Task<ImportResult> ImportAsync(IReadOnlyList<Entry> entries, CancellationToken ct) => database.WriteAsync(db => ImportAsync(db, entries, ct), ct);

    public async Task<IReadOnlyList<LiveHash>> LiveAsync(CancellationToken ct) =>
        await database.ReadAsync("SELECT id, live_hash FROM records WHERE live IS NOT NULL ORDER BY id", row => new LiveHash(row.GetString(0), row.GetString(1)), ct);

    public async Task<IReadOnlyList<LiveText>> ReadLiveAsync(IReadOnlyCollection<string> ids, CancellationToken ct) => await database.ReadAsync(
        $"SELECT id, live_hash, live FROM records WHERE live IS NOT NULL AND {AmongIds}",
        row => new LiveText(row.GetString(0), row.GetString(1), RecordRow.Read(row.GetString(2))),
        ct,
        ("@ids", Json(ids)));

    public Task<RecordPage> ListAsync(RecordFilter filter, CancellationToken ct)
    {
        // A parameter that may be null says its type.
        const string Where = """
            WHERE removed = FALSE AND (CAST(@state AS TEXT) IS NULL OR coalesce(lower(stage), 'live') = @state) AND (CAST(@hall AS INTEGER) IS NULL OR hall = @hall)
                AND (@live = FALSE OR live IS NOT NULL) AND (CAST(@missing AS TEXT) IS NULL OR CASE WHEN @missing = 'zh' THEN missing_zh ELSE missing_en END = TRUE)
                AND (CAST(@words AS TEXT) IS NULL OR words LIKE @words ESCAPE '!')
            """;
        (string, object?)[] asked =
        [
            ("@state", filter.State), ("@hall", filter.Hall), ("@live", filter.LiveOnly), ("@missing", filter.MissingIn), ("@words", filter.Words is { } words ? Holding(Folding.Fold(words)) : null),
        ];
        return database.ReadAsync(
            async db =>
            {
                var total = await db.ReadAsync($"SELECT count(*) FROM records {Where}", row => row.GetInt32(0), ct, asked);
                var rows = await RowsAsync(db, $"{Where} ORDER BY id LIMIT @take OFFSET @skip", ct, [.. asked, ("@take", filter.Take), ("@skip", filter.Skip)]);
                return new RecordPage([.. rows.Select(r => r.Record)], total[0]);
            },
            ct);
    }

    public Task<ExhibitRecord?> FindAsync(string id, CancellationToken ct) => FindAsync("id", id, ct);

    public Task<ExhibitRecord?> FindAsync(long number, CancellationToken ct) => FindAsync("number", number, ct);

    public async Task<IReadOnlyList<ExhibitVersion>> VersionsAsync(string id, CancellationToken ct) => await VersionRows.ReadAsync(database, id, ct);

    public Task<IReadOnlyList<RecordOutcome>> WriteAsync(string by, IReadOnlyList<RecordChange> changes, CancellationToken ct) => database.WriteAsync<IReadOnlyList<RecordOutcome>>(
        async db =>
        {
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

            return outcomes;
        },
        ct);

    private async Task<ImportResult> ImportAsync(SqlSession db, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        var known = (await RowsAsync(db, $"WHERE file_hash IS NOT NULL OR {AmongIds}", ct, ("@ids", Json(entries.Select(e => e.Id))))).ToDictionary(r => r.Record.Id);
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

        return new ImportResult(changed, [.. gone.Select(r => r.Record.Id)]);
    }

    private async Task<RecordOutcome> ApplyAsync(SqlSession db, string by, RecordChange change, CancellationToken ct)
    {
        var row = (await RowsAsync(db, "WHERE id = @id", ct, ("@id", change.Id))).SingleOrDefault();
        var before = row is { Removed: false } ? row.Record : null;
        var after = change.Apply(before);
        if (after == before)
        {
            return new RecordOutcome(before, false, null);
        }

        var versions = row?.Record.Versions ?? 0;
        if (VersionRows.LostBy(by, before, after) is { } lost && await VersionRows.KeepLostAsync(db, change.Id, new ExhibitVersion(versions + 1, time.GetUtcNow(), by, lost, Discarded: true), ct))
        {
            versions++;
        }

        if (after is null)
        {
            await WriteAsync(db, row! with { Record = Stamped(before! with { Live = null, Draft = null, Stage = null, Edited = true, Versions = versions }, by, publishes: false), Removed = true }, ct);
            return new RecordOutcome(null, true, null);
        }

        // One who comes back after its removal goes on with its number and its revisions.
        after = after with { Number = row?.Record.Number ?? 0, Revision = row?.Record.Revision ?? 0, Versions = versions, Edited = true, WrittenBy = after.Draft is null ? null : after.Draft == before?.Draft ? before?.WrittenBy : by };
        var record = Stamped(after with { CreatedAt = before?.CreatedAt ?? default }, by, publishes: after.Live is not null && after.Live != before?.Live);
        await WriteAsync(db, new RecordRow(record, false, row?.FileHash, row?.FileNow), ct);
        return new RecordOutcome((await RowsAsync(db, "WHERE id = @id", ct, ("@id", change.Id)))[0].Record, true, null);
    }

    private static async Task WriteAsync(SqlSession db, RecordRow row, CancellationToken ct)
    {
        await db.RunAsync(row.Record.Number == 0 ? RecordSchema.Insert : RecordSchema.Update, ct, row.Parameters());
        if (row.Record is { Live: { } live, PublishedAt: { } at } record && at == record.UpdatedAt)
        {
            await VersionRows.KeepAsync(db, record.Id, new ExhibitVersion(record.Versions, at, record.UpdatedBy, live, Discarded: false), ct);
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

    private async Task<ExhibitRecord?> FindAsync(string column, object value, CancellationToken ct) =>
        (await database.ReadAsync(db => RowsAsync(db, $"WHERE removed = FALSE AND {column} = @value", ct, ("@value", value)), ct)).SingleOrDefault()?.Record;

    private static Task<List<RecordRow>> RowsAsync(SqlSession db, string where, CancellationToken ct, params (string, object?)[] parameters) =>
        db.ReadAsync($"SELECT {RecordRow.Columns} FROM records {where}", RecordRow.Of, ct, parameters);

    private static string Json(IEnumerable<string> ids) => System.Text.Json.JsonSerializer.Serialize(ids);

    // As a pattern of LIKE.
    private static string Holding(string words) => $"%{words.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
