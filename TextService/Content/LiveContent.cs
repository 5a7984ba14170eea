using Microsoft.Extensions.Options;
using Museum.TextService.Answers;
using Museum.TextService.Index;

namespace Museum.TextService.Content;

/// <summary>Builds the index of what is live, out of the records; what did not change since the last time is not read again.</summary>
internal sealed class LiveContent(IRecordStore store, IOptionsMonitor<RetrievalOptions> retrieval)
{
    private readonly Dictionary<string, (string Hash, Exhibit Exhibit)> known = [];

    /// <summary>The exhibits by id, and the version that names exactly this content. By one caller at a time.</summary>
    public async Task<(IReadOnlyList<Exhibit> Exhibits, string Version)> ReadAsync(CancellationToken ct)
    {
        var live = await store.LiveAsync(ct);
        var stale = live.Where(l => !known.TryGetValue(l.Id, out var k) || k.Hash != l.Hash).ToDictionary(l => l.Id, l => l.Hash);
        var read = await store.ReadLiveAsync(stale.Keys, ct);
        foreach (var (id, document) in read)
        {
            known[id] = (stale[id], document.ToExhibit(id));
        }

        var there = live.Select(l => l.Id).ToHashSet();
        foreach (var id in known.Keys.Where(id => !there.Contains(id)).ToList())
        {
            known.Remove(id);
        }

        return ([.. live.Where(l => known.ContainsKey(l.Id)).Select(l => known[l.Id].Exhibit)], ContentVersion.Of(live.Select(l => $"{l.Id} {l.Hash}")));
    }

    /// <returns>The index, tried out, and the suggested questions that it does not answer.</returns>
    public async Task<(ContentIndex Index, IReadOnlyList<string> Refused)> IndexAsync(
        IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Hall> halls, string version, ContentIndex before, CancellationToken ct)
    {
        var index = new ContentIndex(exhibits, halls, version, Environment.ProcessorCount + 1, before);
        return (index, await OfferedQuestions.CheckAsync(index, retrieval.CurrentValue, ct, before));
    }
}
