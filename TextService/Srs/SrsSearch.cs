using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace Museum.TextService.Srs;

/// <summary>The search of the SRS API over our own index, and what it has done so far.</summary>
internal sealed class SrsSearch(ContentHolder content, IRecordStore store, TimeProvider time)
{
    private const int LongestQuery = 1_000;
    private const int HighestTopK = 100;

    private readonly long startedAt = time.GetTimestamp();
    private long searches;
    private long ticks;

    /// <exception cref="ClientException">422: the query is none.</exception>
    /// <param name="request">Its filters see what the reader may.</param>
    public async Task<RetrieveResult> RetrieveAsync(RetrieveQuery? request, ClaimsPrincipal reader, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var query = request?.Query?.Trim() ?? "";
        if (query.Length is 0 or > LongestQuery || request!.TopK is < 1 or > HighestTopK || request.Threshold is not (>= 0 and <= 1))
        {
            throw new ClientException("query_invalid", $"query has 1–{LongestQuery} characters, top_k is 1–{HighestTopK}, threshold 0–1.", 422);
        }

        var filtered = request.CategoryFilter is { Count: > 0 } || request.MetadataFilter is { Count: > 0 };
        var artifacts = new List<Artifact>();
        using var lease = content.Use();
        var question = Parser.Parse(query, Tongues.Detect(query), [], lease.Index);
        // What a filter leaves out takes nobody's place.
        foreach (var source in await ExhibitSources.BestAsync(question, lease.Index, filtered ? HighestTopK : request.TopK, request.Threshold, ct))
        {
            if (artifacts.Count < request.TopK && await store.FindAsync(source.Id, ct) is { Live: not null } record
                && ArtifactMapping.Of(record, question.Answer, reader, source.Score) is var artifact && Passes(request, artifact))
            {
                artifacts.Add(artifact);
            }
        }

        var took = Stopwatch.GetElapsedTime(started);
        Interlocked.Increment(ref searches);
        Interlocked.Add(ref ticks, took.Ticks);
        return new RetrieveResult(query, artifacts, artifacts.Count, Math.Round(took.TotalSeconds, 4));
    }

    public SrsMetrics Metrics()
    {
        using var lease = content.Use();
        var index = lease.Index;
        var count = Interlocked.Read(ref searches);
        return new SrsMetrics(
            Math.Round(time.GetElapsedTime(startedAt).TotalSeconds, 1),
            index.Exhibits.Count,
            Enumerable.Range(0, index.Exhibits.Count).Sum(e => Tongues.All.Sum(t => index.Sentences(e, t).Count)),
            count,
            count == 0 ? 0 : Math.Round(TimeSpan.FromTicks(Interlocked.Read(ref ticks) / count).TotalSeconds, 4));
    }

    private static bool Passes(RetrieveQuery request, Artifact artifact) =>
        (request.CategoryFilter is not { Count: > 0 } categories || categories.Contains(artifact.Category))
        && (request.MetadataFilter ?? new Dictionary<string, JsonElement>()).All(wanted =>
            artifact.Metadata!.TryGetValue(wanted.Key, out var has) && JsonElement.DeepEquals(has, wanted.Value));
}
