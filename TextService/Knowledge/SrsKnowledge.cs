using System.Collections.Concurrent;
using System.Globalization;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Srs;

namespace Museum.TextService.Knowledge;

/// <summary>
/// What an external SRS finds for a question, indexed for this turn, so that understanding, grounding and extraction work with it as with our
/// own content. What "who made it?" may mean is in it too: for some minutes it is remembered here, and else asked for by its name.
/// </summary>
internal sealed class SrsKnowledge(SrsClient client, ContentHolder own, TimeProvider time) : IKnowledge
{
    // Of artifacts that name no exhibit: no words to search for.
    private const string Numbered = "srs-";

    // Some conversations' exhibits; about 10 KB each.
    private const int MostRemembered = 500;
    private const int MostSpokenOf = 4;

    // Beside the question itself, at the same time.
    private const int MostLookups = 3;

    // What is withdrawn there is not told of here for longer.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (Exhibit Exhibit, DateTimeOffset At)> seen = [];

    public async Task<ContentHolder.Lease> ForAsync(KnowledgeQuery query, CancellationToken ct)
    {
        var spokenOf = query.SpokenOf.Distinct().Take(MostSpokenOf).ToList();
        var lookups = query.Context.Concat(spokenOf.Where(id => Known(id) is null && !id.StartsWith(Numbered, StringComparison.Ordinal)).Select(id => id.Replace('-', ' ')));
        var answers = await Task.WhenAll(lookups.Take(MostLookups).Prepend(query.Text).Distinct().Select(text => client.RetrieveAsync(text, ct)));
        var found = Exhibits([.. answers.SelectMany(a => a)]);
        foreach (var exhibit in found)
        {
            seen[exhibit.Id] = (exhibit, time.GetUtcNow());
        }

        var earlier = spokenOf.Select(Known).OfType<Exhibit>();
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
        var version = "srs-" + ContentVersion.Of(exhibits.Select(e => $"{e.Id}\n{RecordRow.Write(ExhibitDocument.Of(e))}"));
        return ContentHolder.Alone(new ContentIndex(exhibits, halls.Index.Halls, version, readers: 1));
    }

    private Exhibit? Known(string id) => seen.TryGetValue(id, out var known) && time.GetUtcNow() - known.At < Remembered ? known.Exhibit : null;

    // Our own SRS gives an exhibit in one language at a time; both languages of one id are one exhibit.
    private static List<Exhibit> Exhibits(IReadOnlyList<FoundArtifact> artifacts)
    {
        var documents = new Dictionary<string, ExhibitDocument>();
        foreach (var found in artifacts)
        {
            var input = new ArtifactInput { Title = TidyDocument.Line(found.Title), Content = found.Content, Tags = found.Tags, Metadata = found.Metadata };
            var id = input.Metadata?.ContainsKey("exhibit_id") == true ? ArtifactMapping.IdOf(input) : string.Create(CultureInfo.InvariantCulture, $"{Numbered}{found.Id}");
            documents[id] = ArtifactMapping.Into(documents.GetValueOrDefault(id), input);
        }

        return [.. documents.Where(d => ExhibitRules.CanGoLive(d.Value)).Select(d => d.Value.ToExhibit(d.Key))];
    }
}
