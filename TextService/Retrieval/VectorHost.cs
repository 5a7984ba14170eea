using System.Data.Common;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Scheduling;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Storage;

namespace Museum.TextService.Retrieval;

/// <summary>
/// Makes the vectors of the content in the background, whenever it has changed: until they are there, and when the endpoint is away, questions
/// are answered by words alone.
/// </summary>
internal sealed partial class VectorHost(Embedder embedder, ContentHolder content, IDatabases databases, Capabilities capabilities, TimeProvider time, ILogger<VectorHost> logger) : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);

    // One pending change is as good as many: the newest content is taken.
    private readonly Nudge changes = new(time);

    private Dictionary<Exhibit, List<float[]>> known = new(ReferenceEqualityComparer.Instance);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!embedder.Options.IsConfigured)
        {
            return;
        }

        var store = new VectorStore(databases, embedder.Options.Model!);
        content.Swapped += changes.Give;
        try
        {
            while (true)
            {
                await changes.WaitAsync(await RefreshAsync(store, stoppingToken) ? Timeout.InfiniteTimeSpan : TryAgainAfter, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            content.Swapped -= changes.Give;
        }
    }

    /// <returns>False: the endpoint gave none; to be tried again.</returns>
    private async Task<bool> RefreshAsync(VectorStore store, CancellationToken ct)
    {
        using var lease = content.Use();
        try
        {
            var vectors = await VectorsAsync(lease.Index, store, ct);
            lease.Index.Vectors = new VectorIndex(embedder, vectors);
            capabilities.Report("embeddings", CapabilityState.Ok, null);
            LogReady(logger, vectors.Count, lease.Index.Version);
            return true;
        }
        catch (Exception e) when (e is DependencyException or DbException or IOException or UnauthorizedAccessException)
        {
            LogFailed(logger, e);
            capabilities.Report("embeddings", CapabilityState.Degraded, $"{e.Message} Retrieval works by words alone.");
            return false;
        }
    }

    private async Task<List<(int Exhibit, float[] Vector)>> VectorsAsync(ContentIndex index, VectorStore store, CancellationToken ct)
    {
        var exhibits = index.Exhibits;
        var made = exhibits.Select(e => known.GetValueOrDefault(e)).ToList();
        var wanted = Enumerable.Range(0, exhibits.Count).Where(i => made[i] is null).SelectMany(i => Passages(exhibits[i]).Select(text => (Exhibit: i, Text: text)));
        foreach (var batch in wanted.Chunk(embedder.Options.Batch))
        {
            var vectors = await store.FindAsync([.. batch.Select(p => p.Text)], ct);
            var missing = batch.Select(p => p.Text).Where(t => !vectors.ContainsKey(t)).Distinct().ToList();
            if (missing.Count > 0)
            {
                var fresh = missing.Zip(await embedder.EmbedAsync(missing, ct)).ToList();
                await store.SaveAsync(fresh, ct);
                fresh.ForEach(f => vectors[f.First] = f.Second);
            }

            foreach (var (exhibit, text) in batch)
            {
                (made[exhibit] ??= []).Add(vectors[text]);
            }
        }

        // Exhibits that an edit leaves alone are the same objects in the next index.
        known = exhibits.Index().Where(e => made[e.Index] is not null).ToDictionary<(int Index, Exhibit Item), Exhibit, List<float[]>>(e => e.Item, e => made[e.Index]!, ReferenceEqualityComparer.Instance);
        return [.. made.Index().SelectMany(m => (m.Item ?? []).Select(vector => (m.Index, vector)))];
    }

    // A section under its title: what models are trained on, and short enough for any of them.
    private static IEnumerable<string> Passages(Exhibit exhibit) =>
        from tongue in Tongues.All
        from section in exhibit.Body[tongue]
        select $"{exhibit.Title[tongue]}\n{string.Join('\n', section.Paragraphs)}";

    [LoggerMessage(Level = LogLevel.Information, Message = "Vectors of {Passages} passages are ready for content {Version}")]
    private static partial void LogReady(ILogger logger, int passages, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The vectors of the content could not be made; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
