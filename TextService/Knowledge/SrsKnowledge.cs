using System.Globalization;
using Museum.ServiceDefaults.Caching;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Srs;

namespace Museum.TextService.Knowledge;

/// <summary>
/// What an external SRS finds for a question, indexed for this turn, so that understanding, grounding and extraction work with it as with our
/// own content. What "who made it?" may mean is in it too: for some minutes it is remembered here, and else asked for by its name.
/// </summary>
internal sealed class SrsKnowledge(SrsClient client, ContentHolder own, ICache<Exhibit> remembered) : IKnowledge
{
    // Of artifacts that name no exhibit: no words to search for.
    private const string Numbered = "srs-";

    private const int MostSpokenOf = 4;

    // Beside the question itself, at the same time.
    private const int MostLookups = 3;

    /// <summary>Some conversations' exhibits, about 10 KB each. What is withdrawn there is not told of here for longer.</summary>
    public static CacheKind<Exhibit> Kind { get; } = new("found")
    {
        SizeOf = _ => 10 * 1024,
        Defaults = options => (options.MemoryMb, options.TimeToLive) = (5, TimeSpan.FromMinutes(5)),
    };

    public async Task<ContentHolder.Lease> ForAsync(KnowledgeQuery query, CancellationToken ct)
    {
        var spokenOf = query.SpokenOf.Distinct().Take(MostSpokenOf).ToList();
        var earlier = new List<Exhibit>();
        foreach (var id in spokenOf)
        {
            if (await remembered.GetAsync(KeyOf(id), ct) is { Found: true } known)
            {
                earlier.Add(known.Value);
            }
        }

        var unknown = spokenOf.Except(earlier.Select(e => e.Id)).Where(id => !id.StartsWith(Numbered, StringComparison.Ordinal));
        var lookups = query.Context.Concat(unknown.Select(id => id.Replace('-', ' ')));
        var answers = await Task.WhenAll(lookups.Take(MostLookups).Prepend(query.Text).Distinct().Select(text => client.RetrieveAsync(text, ct)));
        var found = Exhibits([.. answers.SelectMany(a => a)]);
        found.ForEach(exhibit => remembered.Set(KeyOf(exhibit.Id), exhibit));
        var exhibits = found.Concat(earlier).DistinctBy(e => e.Id).OrderBy(e => e.Id, StringComparer.Ordinal).ToList();
        using var halls = own.Use();
        var version = "srs-" + ContentVersion.Of(exhibits.Select(e => $"{e.Id}\n{RecordRow.Write(ExhibitDocument.Of(e))}"));
        return ContentHolder.Alone(new ContentIndex(exhibits, halls.Index.Halls, version, readers: 1));
    }

    private static CacheKey KeyOf(string exhibit) => CacheKey.Of(("exhibit", exhibit));

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
