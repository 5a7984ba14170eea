namespace Museum.TextService.Content;

/// <summary>Where the draft of an exhibit stands on its way to the visitors.</summary>
internal enum Stage
{
    Draft,

    /// <summary>It waits for somebody's yes.</summary>
    Review,
}

/// <summary>
/// An exhibit in the record store: what visitors are told (<see cref="Live"/>), and what a curator is writing (<see cref="Draft"/>). At least
/// one of both is there.
/// </summary>
internal sealed record ExhibitRecord
{
    public required string Id { get; init; }

    /// <summary>A number that stays its own for ever, for those who need one (SRS). The store gives it: 0 is none yet.</summary>
    public long Number { get; init; }

    /// <summary>Raised by the store with every change of anything; the ETag.</summary>
    public long Revision { get; init; }
    public ExhibitDocument? Live { get; init; }
    public ExhibitDocument? Draft { get; init; }

    /// <summary>Null: there is no draft.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Who has changed the draft last; kept by the store.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>Who asked for the review.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Why a reviewer sent it back.</summary>
    public string? Note { get; init; }

    /// <summary>How many of its texts are kept: each that was live, and drafts that were thrown away.</summary>
    public int Versions { get; init; }

    /// <summary>A curator has changed it: its file changes it no more.</summary>
    public bool Edited { get; init; }

    /// <summary>It is edited, and its file says something else than what was taken from it.</summary>
    public bool FileDiffers { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string UpdatedBy { get; init; } = "";
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>What a curator sees of it first.</summary>
    public ExhibitDocument Document => Draft ?? Live!;

    /// <summary><c>draft</c>, <c>review</c> or <c>live</c>: of what is on its way if something is.</summary>
    public string State => Stage is { } stage ? stage.ToString().ToLowerInvariant() : "live";
}

/// <summary>A text of an exhibit that is kept.</summary>
/// <param name="Number">From 1.</param>
/// <param name="PublishedAt">When it went live, or was thrown away.</param>
/// <param name="PublishedBy">Who did so.</param>
/// <param name="Document">The text.</param>
/// <param name="Discarded">It was never live, but a draft that was thrown away.</param>
internal sealed record ExhibitVersion(int Number, DateTimeOffset PublishedAt, string PublishedBy, ExhibitDocument Document, bool Discarded);

/// <summary>Names the live text of an exhibit: equal for equal text.</summary>
internal sealed record LiveHash(string Id, string Hash);

/// <summary>A live text with the hash that names it, both of one moment.</summary>
internal sealed record LiveText(string Id, string Hash, ExhibitDocument Document);

/// <param name="State"><c>draft</c>, <c>review</c>, <c>live</c>; null: any.</param>
/// <param name="MissingIn">Only what is not all there in this language (<c>en</c>, <c>zh</c>).</param>
/// <param name="Words">In a title, an alias or the id.</param>
/// <param name="Skip">So many first ones.</param>
/// <param name="Take">At most so many.</param>
internal sealed record RecordFilter(string? State = null, string? MissingIn = null, string? Words = null, int? Hall = null, bool LiveOnly = false, int Skip = 0, int Take = int.MaxValue);

internal sealed record RecordPage(IReadOnlyList<ExhibitRecord> Records, int Total);

/// <summary>What an import of the files changed among what is live.</summary>
internal sealed record ImportResult(IReadOnlyList<string> Changed, IReadOnlyList<string> Removed);

/// <summary>A change of one record.</summary>
/// <param name="Id">Of the exhibit.</param>
/// <param name="Apply">
/// From the record as it is (null: there is none) to what it becomes (null: removed). Throws <c>ClientException</c> when it may not be.
/// </param>
internal sealed record RecordChange(string Id, Func<ExhibitRecord?, ExhibitRecord?> Apply);

/// <param name="Record">As it is now; null: removed, or refused.</param>
/// <param name="Changed">False: it was so already.</param>
/// <param name="Refusal">Why nothing was done.</param>
internal sealed record RecordOutcome(ExhibitRecord? Record, bool Changed, Museum.ServiceDefaults.Errors.ClientException? Refusal);
