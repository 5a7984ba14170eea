using Microsoft.Extensions.Options;
using Museum.TextService.Answers;
using Museum.TextService.Index;

namespace Museum.TextService.Content;

/// <summary>Builds the index of what is live, out of the records; what did not change since the last time is not read again.</summary>
internal sealed class LiveContent(IRecordStore store, IOptionsMonitor<RetrievalOptions> retrieval)
{
    private readonly Dictionary<string, (string Hash, Exhibit Exhibit)> known = [];

    /// <summary>The exhibits by id, and the version that names exactly this content, the halls included. By one caller at a time.</summary>
    public async Task<(IReadOnlyList<Exhibit> Exhibits, string Version)> ReadAsync(IReadOnlyList<Hall> halls, CancellationToken ct)
    {
        var live = await store.LiveAsync(ct);
        var there = live.Where(l => known.TryGetValue(l.Id, out var k) && k.Hash == l.Hash).Select(l => l.Id).ToHashSet();
        foreach (var id in known.Keys.Where(id => !there.Contains(id)).ToList())
        {
            known.Remove(id);
        }

        // Somebody may publish between the two readings: what is read goes by the hash that came with it, not by the one that was asked for.
        foreach (var text in await store.ReadLiveAsync([.. live.Select(l => l.Id).Where(id => !there.Contains(id))], ct))
        {
            known[text.Id] = (text.Hash, text.Document.ToExhibit(text.Id));
        }

        var read = live.Where(l => known.ContainsKey(l.Id)).Select(l => (l.Id, known[l.Id].Hash, known[l.Id].Exhibit)).ToList();
        return ([.. read.Select(r => r.Exhibit)], ContentVersion.Of([.. read.Select(r => $"{r.Id} {r.Hash}"), .. halls.Select(h => h.ToString())]));
    }

    /// <returns>The index, tried out, and the suggested questions that it does not answer.</returns>
    public async Task<(ContentIndex Index, IReadOnlyList<string> Refused)> IndexAsync(
        IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Hall> halls, string version, ContentIndex before, CancellationToken ct)
    {
        var index = new ContentIndex(exhibits, halls, version, Environment.ProcessorCount + 1, before);
        return (index, await OfferedQuestions.CheckAsync(index, retrieval.CurrentValue, ct, before));
    }
}
