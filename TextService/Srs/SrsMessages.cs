using System.Text.Json;

namespace Museum.TextService.Srs;

/// <summary>An exhibit as the SRS standard API has it: in one language. What is null is left out.</summary>
internal sealed record Artifact
{
    public required long Id { get; init; }
    public required string Title { get; init; }
    public required string Content { get; init; }
    public string? Category { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The client's own, and of ours <c>exhibit_id</c>, <c>language</c>, <c>hall</c> and, for curators, <c>exhibit_revision</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
    public string? SourceType { get; init; }
    public string? SourcePath { get; init; }

    /// <summary>0–1; only what was found by a search has one. See <see cref="RetrieveQuery.Threshold"/>.</summary>
    public double? Similarity { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public bool IsActive { get; init; } = true;
}

/// <summary>What a client writes of an artifact.</summary>
internal sealed record ArtifactInput
{
    /// <summary>1–500 characters.</summary>
    public string? Title { get; init; }

    /// <summary>At least one character; lines that begin with <c>## </c> are headings.</summary>
    public string? Content { get; init; }

    /// <summary>At most 64 characters.</summary>
    public string? Category { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>
    /// Any object. <c>language</c> (<c>en</c>, <c>zh</c>) says what it is written in; without it the words do. In a batch one with
    /// <c>exhibit_revision</c> writes over nothing that has changed since.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
    public string? SourceType { get; init; }
    public string? SourcePath { get; init; }
}

/// <summary>A search.</summary>
internal sealed record RetrieveQuery
{
    /// <summary>1–1,000 characters.</summary>
    public string? Query { get; init; }

    /// <summary>1–100.</summary>
    public int TopK { get; init; } = 5;

    /// <summary>
    /// 0–1. Ours is no cosine: from 0.9 on the query names the artifact; 1 is also the first place in every ranking with every telling word
    /// found, and a chance hit of one common word stays below 0.5. It means the same for every query.
    /// </summary>
    public double Threshold { get; init; } = 0.35;

    /// <summary>Only of these categories; none or null: of all.</summary>
    public IReadOnlyList<string>? CategoryFilter { get; init; }

    /// <summary>Only those whose metadata have all of these, each equal.</summary>
    public IReadOnlyDictionary<string, JsonElement>? MetadataFilter { get; init; }
}

/// <param name="ResponseTime">Seconds.</param>
internal sealed record RetrieveResult(string Query, IReadOnlyList<Artifact> Artifacts, int TotalCount, double ResponseTime);

/// <summary>What SRS wraps its answers in.</summary>
internal sealed record Wrapped<T>(T Data);

internal sealed record ArtifactPage(IReadOnlyList<Artifact> Artifacts, int TotalCount, int Page, int Size);

internal sealed record ArtifactExport(IReadOnlyList<Artifact> Artifacts);

internal sealed record SrsDone(bool Success, string Message);

internal sealed record BatchBegun(bool Success, string Message, string TaskId);

internal sealed record BatchStatus(bool Success, BatchProgress Data);

/// <param name="Errors">The last five.</param>
/// <param name="Status"><c>processing</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
internal sealed record BatchProgress(int Total, int Processed, int Success, int Failed, IReadOnlyList<string> Errors, string Status, DateTimeOffset StartTime, DateTimeOffset? EndTime);

internal sealed record SrsHealth(string Status, DateTimeOffset Timestamp, IReadOnlyDictionary<string, string> Services);

/// <param name="Uptime">Seconds.</param>
/// <param name="ChunkCount">Sentences, in both languages.</param>
/// <param name="AvgResponseTime">Of a search, in seconds.</param>
internal sealed record SrsMetrics(double Uptime, int ArtifactCount, int ChunkCount, long SearchCount, double AvgResponseTime);

internal sealed record SrsInfo(string AppName, string Version, string Status, string Environment);

internal sealed record Reindexed(bool Success, string Message, int ReindexedCount);
