using Museum.ServiceDefaults.Errors;
using Museum.TextService.Content;

namespace Museum.TextService.Curators;

/// <summary>
/// What may become of an exhibit:
/// <code>
///            save                submit                 publish
///   (none) ───────► draft ◄────────────────► review ─────────────► live ──┐ save: a draft beside it
///                     ▲         send back                           │     │
///                     └──────────────── withdraw ◄──────────────────┘◄────┘
/// </code>
/// Visitors hear of the live text only, whatever is written beside it. Each is a function of the record as it is; the store applies it.
/// </summary>
internal static class Transitions
{
    public static ExhibitRecord? Create(ExhibitRecord? record, string id, ExhibitDocument document) =>
        record is null ? new ExhibitRecord { Id = id, Draft = document, Stage = Stage.Draft } : throw new ClientException("exhibit_exists", $"There is an exhibit '{id}' already.", 409);

    /// <summary>What is saved is a draft again, also when it was in review; saving what is live is no draft.</summary>
    public static ExhibitRecord Save(ExhibitRecord record, ExhibitDocument document) =>
        record.Draft is null && IsSame(record.Live, document) ? record
        : record.Stage == Stage.Draft && IsSame(record.Draft, document) ? record
        : record with { Draft = document, Stage = Stage.Draft, SubmittedBy = null };

    public static ExhibitRecord Submit(ExhibitRecord record, string by)
    {
        var draft = DraftOf(record);
        if (!ExhibitRules.CanGoLive(draft))
        {
            throw new ClientException("exhibit_incomplete", "To go live an exhibit needs a title and a text in the same language.", 422);
        }

        return record.Stage == Stage.Review ? record : record with { Stage = Stage.Review, SubmittedBy = by, Note = null };
    }

    public static ExhibitRecord SendBack(ExhibitRecord record, string? note) =>
        record.Stage == Stage.Review ? record with { Stage = Stage.Draft, SubmittedBy = null, Note = note } : throw NotInReview(record);

    public static ExhibitRecord Publish(ExhibitRecord record, string by, bool byAnother)
    {
        if (record.Stage != Stage.Review)
        {
            throw NotInReview(record);
        }

        if (byAnother && (record.SubmittedBy == by || record.WrittenBy == by))
        {
            throw new ClientException("second_curator_needed", "Whoever wrote it or sent it to review may not publish it: another curator has to (Curators:SecondCurator).", 403);
        }

        return record with { Live = record.Draft, Draft = null, Stage = null, SubmittedBy = null, Note = null };
    }

    /// <summary>Straight to the visitors, for imports and SRS clients, which know no drafts; a draft beside it stays.</summary>
    public static ExhibitRecord GoLive(ExhibitRecord? record, string id, ExhibitDocument document) =>
        record is null ? new ExhibitRecord { Id = id, Live = document } : IsSame(record.Live, document) ? record : record with { Live = document };

    public static ExhibitRecord Withdraw(ExhibitRecord record) => record.Live is { } live
        ? record with { Live = null, Draft = record.Draft ?? live, Stage = record.Stage ?? Stage.Draft, PublishedAt = null }
        : throw new ClientException("exhibit_not_live", "It is not live.", 409);

    /// <summary>For SRS clients, which know no drafts: one beside it stays. Null: there is none.</summary>
    public static ExhibitRecord? TakeAway(ExhibitRecord record) => record.Draft is null ? null : record with { Live = null, PublishedAt = null };

    /// <summary>Null: nothing else was there.</summary>
    public static ExhibitRecord? Discard(ExhibitRecord record)
    {
        DraftOf(record);
        return record.Live is null ? null : record with { Draft = null, Stage = null, SubmittedBy = null, Note = null };
    }

    public static bool IsSame(ExhibitDocument? one, ExhibitDocument other) => RecordRow.Write(one) == RecordRow.Write(other);

    private static ExhibitDocument DraftOf(ExhibitRecord record) => record.Draft ?? throw new ClientException("exhibit_without_draft", "There is no draft of it.", 409);

    private static ClientException NotInReview(ExhibitRecord record) => new("exhibit_not_in_review", $"It is not in review but in state '{record.State}'.", 409);
}
