using System.Collections.Concurrent;
using System.Globalization;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Srs;

namespace Museum.TextService.Knowledge;

/// <summary>
/// What an external SRS finds for a question, indexed for this turn, so that understanding, grounding and extraction work with it as with our
/// own content. What the last turns were about stays in, since "who made it?" finds nothing by itself.
/// </summary>
internal sealed class SrsKnowledge(SrsClient client, ContentHolder own) : IKnowledge
{
    // Some conversations' exhibits; about 10 KB each.
    private const int MostRemembered = 500;
    private const int MostSpokenOf = 3;

    private readonly ConcurrentDictionary<string, Exhibit> seen = [];

    public async Task<ContentHolder.Lease> ForAsync(KnowledgeQuery query, CancellationToken ct)
    {
        var found = Exhibits(await client.RetrieveAsync(query.Text, ct));
        foreach (var exhibit in found)
        {
            seen[exhibit.Id] = exhibit;
        }

        var earlier = query.SpokenOf.Distinct().Take(MostSpokenOf).Select(id => seen.GetValueOrDefault(id)).OfType<Exhibit>();
        var exhibits = found.Concat(earlier).DistinctBy(e => e.Id).OrderBy(e => e.Id, StringComparer.Ordinal).ToList();
        if (seen.Count > MostRemembered)
        {
            // Whichever go: only what is spoken of just now is missed, and is found again by its name.
            foreach (var id in seen.Keys.Except(exhibits.Select(e => e.Id)).Take(MostRemembered / 2))
            {
                seen.TryRemove(id, out _);
            }
        }

        using var halls = own.Use();
        using var turn = new ContentHolder();
        turn.Swap(new ContentIndex(exhibits, halls.Index.Halls, "srs-" + ContentVersion.Of(exhibits.Select(e => $"{e.Id}\n{RecordRow.Write(ExhibitDocument.Of(e))}")), readers: 1));
        return turn.Use();
    }

    // Our own SRS gives an exhibit in one language at a time; both languages of one id are one exhibit.
    private static List<Exhibit> Exhibits(IReadOnlyList<FoundArtifact> artifacts)
    {
        var documents = new Dictionary<string, ExhibitDocument>();
        foreach (var found in artifacts)
        {
            var input = new ArtifactInput { Title = TidyDocument.Line(found.Title), Content = found.Content, Tags = found.Tags, Metadata = found.Metadata };
            var id = input.Metadata?.ContainsKey("exhibit_id") == true ? ArtifactMapping.IdOf(input) : string.Create(CultureInfo.InvariantCulture, $"srs-{found.Id}");
            documents[id] = ArtifactMapping.Into(documents.GetValueOrDefault(id), input);
        }

        return [.. documents.Where(d => ExhibitRules.CanGoLive(d.Value)).Select(d => d.Value.ToExhibit(d.Key))];
    }
}
