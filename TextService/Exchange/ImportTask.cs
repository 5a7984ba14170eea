namespace Museum.TextService.Exchange;

/// <summary>What became of a row.</summary>
internal enum RowOutcome
{
    Created,
    Updated,

    /// <summary>It was so already.</summary>
    Unchanged,
    Failed,
}

/// <param name="Row">From 1, in the order in which they were sent.</param>
/// <param name="Source">Where it stood: <c>vase.md</c>, <c>list.csv:3</c>.</param>
/// <param name="Id">Of the exhibit.</param>
/// <param name="Outcome"><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it failed.</param>
internal sealed record RowReport(int Row, string Source, string Id, string Outcome, string? Reason);

/// <summary>An import, while it runs and afterwards.</summary>
internal sealed record ImportTask
{
    public const string Waiting = "waiting";
    public const string Processing = "processing";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public required string Id { get; init; }

    /// <summary><c>waiting</c> for those before it, <c>processing</c>, <c>completed</c> (also when rows failed), <c>cancelled</c>, or <c>failed</c>: it broke off.</summary>
    public required string Status { get; init; }

    /// <summary>Nothing is written; the report says what would be.</summary>
    public required bool DryRun { get; init; }

    /// <summary><c>draft</c> or <c>live</c>.</summary>
    public required string As { get; init; }
    public required string By { get; init; }
    public required int Total { get; init; }
    public int Processed { get; init; }
    public int Created { get; init; }
    public int Updated { get; init; }
    public int Unchanged { get; init; }

    /// <summary>How many rows failed.</summary>
    public int Faulty { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Every row's report once it is processed, in order.</summary>
internal sealed record ImportView(ImportTask Task, IReadOnlyList<RowReport> Rows);

internal sealed record ImportList(IReadOnlyList<ImportTask> Imports);
