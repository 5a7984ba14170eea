using Museum.TextService.Content;
using Museum.TextService.Index;

namespace Museum.TextService.Curators;

/// <summary>The museum as it would be if a draft were live, to be asked before it is.</summary>
internal sealed class DraftPreview(IRecordStore store, ContentHolder content) : IDisposable
{
    // A curator asks several questions about one draft; few write at the same time. An index of 72 exhibits takes about 10 MB.
    private const int MostKept = 3;

    // Among so many others a draft has to be found; all 20,000 would take seconds at every change.
    private const int MostOthers = 300;

    private readonly SemaphoreSlim building = new(1, 1);
    private readonly List<(string Key, ContentHolder Trial)> kept = [];

    /// <summary>Null: there is no such exhibit.</summary>
    public async Task<ContentHolder?> OfAsync(string id, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } record)
        {
            return null;
        }

        await building.WaitAsync(ct);
        try
        {
            var key = $"{content.Version}-draft-{record.Id}-{record.Revision}";
            if (kept.Find(k => k.Key == key).Trial is { } known)
            {
                return known;
            }

            var trial = new ContentHolder();
            trial.Swap(Build(record, key));
            kept.Add((key, trial));
            if (kept.Count > MostKept)
            {
                // Whoever is asking it just now keeps it open.
                kept[0].Trial.Dispose();
                kept.RemoveAt(0);
            }

            return trial;
        }
        finally
        {
            building.Release();
        }
    }

    public void Dispose()
    {
        kept.ForEach(k => k.Trial.Dispose());
        building.Dispose();
    }

    private ContentIndex Build(ExhibitRecord record, string version)
    {
        using var lease = content.Use();
        var draft = record.Document.ToExhibit(record.Id);
        var others = lease.Index.Exhibits.Where(e => e.Id != record.Id).OrderBy(e => Math.Abs(e.Hall - draft.Hall)).Take(MostOthers);
        return new ContentIndex([draft, .. others], lease.Index.Halls, version, readers: 1);
    }
}
