using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Curators;

/// <summary>A line of the desk's list.</summary>
/// <param name="Title">Of the draft if there is one.</param>
/// <param name="State"><c>draft</c>, <c>review</c> or <c>live</c>: of what is on its way if something is.</param>
/// <param name="IsLive">Visitors hear of it, perhaps in an earlier form.</param>
/// <param name="Missing">Paths of what is not written, as <c>title.zh</c>.</param>
internal sealed record ExhibitLine(
    string Id, long Number, long Revision, Localized<string> Title, int? Hall, string State, bool IsLive, IReadOnlyList<string> Missing, bool FileDiffers, DateTimeOffset UpdatedAt, string UpdatedBy)
{
    public static ExhibitLine Of(ExhibitRecord record)
    {
        var shown = record.Document;
        return new(record.Id, record.Number, record.Revision, shown.Title, shown.Hall, record.State, record.Live is not null, ExhibitRules.Missing(shown), record.FileDiffers, record.UpdatedAt, record.UpdatedBy);
    }
}

/// <param name="Page">From 1.</param>
internal sealed record ExhibitList(IReadOnlyList<ExhibitLine> Exhibits, int Total, int Page, int Size);

/// <summary>All of an exhibit, both languages side by side. Its <c>revision</c> is its ETag.</summary>
internal sealed record ExhibitView
{
    public required string Id { get; init; }
    public required long Number { get; init; }
    public required long Revision { get; init; }
    public required string State { get; init; }

    /// <summary>What visitors are told; absent: nothing.</summary>
    public ExhibitDocument? Live { get; init; }

    /// <summary>What is being written; absent: nothing.</summary>
    public ExhibitDocument? Draft { get; init; }

    /// <summary>Of the draft, else of the live text.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>A title and a text are there in one language at least.</summary>
    public required bool CanGoLive { get; init; }
    public string? SubmittedBy { get; init; }

    /// <summary>Why a reviewer sent it back.</summary>
    public string? Note { get; init; }

    /// <summary>How many of its texts are kept: each that was live, and drafts that were thrown away.</summary>
    public required int Versions { get; init; }

    /// <summary>Its file in content/ says something else, and is not taken, since it was edited here.</summary>
    public required bool FileDiffers { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }

    public static ExhibitView Of(ExhibitRecord record) => new()
    {
        Id = record.Id,
        Number = record.Number,
        Revision = record.Revision,
        State = record.State,
        Live = record.Live,
        Draft = record.Draft,
        Missing = ExhibitRules.Missing(record.Document),
        CanGoLive = ExhibitRules.CanGoLive(record.Document),
        SubmittedBy = record.SubmittedBy,
        Note = record.Note,
        Versions = record.Versions,
        FileDiffers = record.FileDiffers,
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
        UpdatedBy = record.UpdatedBy,
        PublishedAt = record.PublishedAt,
    };
}

/// <param name="Id">In lower case with hyphens; without it, made of the English title.</param>
internal sealed record NewExhibit(string? Id, ExhibitDocument? Document);

/// <param name="Document">The whole of it; what is left out is empty.</param>
internal sealed record EditedExhibit(ExhibitDocument? Document);

/// <param name="Note">For its writer.</param>
internal sealed record SentBack(string? Note);

internal sealed record VersionList(IReadOnlyList<ExhibitVersion> Versions);
