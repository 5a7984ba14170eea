using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <summary>A row of the table <c>records</c>, both ways.</summary>
/// <param name="Record">Without a document when it is removed.</param>
/// <param name="Removed">Its row stands for nothing but that.</param>
/// <param name="FileHash">Of the file that it was taken from; null: a curator made it.</param>
/// <param name="FileNow">Of that file as it is now.</param>
internal sealed record RecordRow(ExhibitRecord Record, bool Removed, string? FileHash, string? FileNow)
{
    public const string Columns =
        "number, id, revision, live, draft, stage, submitted_by, note, versions, edited, removed, file_hash, file_now, created_at, updated_at, updated_by, published_at, written_by";

    public static string? Write(ExhibitDocument? document) => document is null ? null : JsonSerializer.Serialize(document, ProtocolJson.Options);

    public static ExhibitDocument Read(string json) => TidyDocument.Of(JsonSerializer.Deserialize<ExhibitDocument>(json, ProtocolJson.Options)!);

    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    public static RecordRow Of(DbDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        var (fileHash, fileNow) = (Text(11), Text(12));
        var record = new ExhibitRecord
        {
            Number = row.GetInt64(0),
            Id = row.GetString(1),
            Revision = row.GetInt64(2),
            Live = Text(3) is { } live ? Read(live) : null,
            Draft = Text(4) is { } draft ? Read(draft) : null,
            Stage = Text(5) is { } stage ? Enum.Parse<Stage>(stage) : null,
            SubmittedBy = Text(6),
            Note = Text(7),
            Versions = row.GetInt32(8),
            Edited = row.GetBoolean(9),
            FileDiffers = row.GetBoolean(9) && fileHash != fileNow,
            CreatedAt = Time(row.GetString(13)),
            UpdatedAt = Time(row.GetString(14)),
            UpdatedBy = row.GetString(15),
            PublishedAt = Text(16) is { } published ? Time(published) : null,
            WrittenBy = Text(17),
        };
        return new RecordRow(record, row.GetBoolean(10), fileHash, fileNow);
    }

    public (string Name, object? Value)[] Parameters()
    {
        var shown = Removed ? null : Record.Document;
        var missing = shown is null ? [] : ExhibitRules.Missing(shown);
        bool MissingIn(Tongue tongue) => missing.Any(m => m.EndsWith($".{tongue.Code()}", StringComparison.Ordinal));
        var live = Write(Record.Live);
        return
        [
            ("@id", Record.Id), ("@revision", Record.Revision), ("@live", live), ("@live_hash", live is null ? null : HashOf(live)), ("@draft", Write(Record.Draft)),
            ("@stage", Record.Stage?.ToString()), ("@submitted_by", Record.SubmittedBy), ("@note", Record.Note), ("@versions", Record.Versions),
            ("@edited", Record.Edited), ("@removed", Removed), ("@file_hash", FileHash), ("@file_now", FileNow),
            ("@created_at", Time(Record.CreatedAt)), ("@updated_at", Time(Record.UpdatedAt)), ("@updated_by", Record.UpdatedBy),
            ("@published_at", Record.PublishedAt is { } at ? Time(at) : null), ("@hall", shown?.Hall),
            ("@words", shown is null ? "" : Words(Record.Id, shown)), ("@missing_en", MissingIn(Tongue.En)), ("@missing_zh", MissingIn(Tongue.Zh)),
            ("@written_by", Record.WrittenBy),
        ];
    }

    private static string Words(string id, ExhibitDocument shown) =>
        Folding.Fold(string.Join('\n', Tongues.All.SelectMany(t => shown.Aliases[t].Prepend(shown.Title[t])).Append(id)));

    private static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..32];
}
