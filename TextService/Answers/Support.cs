using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Answers;

/// <param name="Id">The exhibit.</param>
/// <param name="Title">In the language of the answer.</param>
/// <param name="Quote">The sentence that supports the answer, verbatim.</param>
/// <param name="Score">0–1, comparable within one answer.</param>
internal sealed record Source(string Id, string Title, string Quote, double Score)
{
    /// <summary>The number of the hall where it is.</summary>
    public int Hall { get; init; }

    /// <summary>All sentences of its text that the answer stands on, in the order of the text.</summary>
    public IReadOnlyList<string> Passages { get; init; } = [];
}

/// <summary>Finds on which sentences of the content a written sentence stands, whoever wrote it.</summary>
internal sealed class Support(Evidence evidence, ContentIndex index, Tongue tongue)
{
    // Most of a sentence's telling words must stand in the text for the text to support it.
    private const double Enough = 0.5;

    private readonly IReadOnlyList<Candidate> candidates = [.. evidence.Answer, .. evidence.Best];
    private readonly Dictionary<int, Candidate> found = [];

    /// <summary>The ids of the exhibits that support the sentence; their best sentences are remembered as sources.</summary>
    public IReadOnlyList<string> Of(string written)
    {
        var text = written.Trim();
        var exact = candidates.FirstOrDefault(c => c.Sentence.Text.Contains(text, StringComparison.Ordinal) || text.Contains(c.Sentence.Text, StringComparison.Ordinal));
        var supporting = exact ?? candidates
            .Where(c => c.Sentence.Tongue == tongue)
            .Select(c => (Candidate: c, Share: Share(text, c.Sentence)))
            .Where(c => c.Share >= Enough)
            .OrderByDescending(c => c.Share)
            .Select(c => c.Candidate).FirstOrDefault();
        if (supporting is null)
        {
            return [];
        }

        var exhibit = supporting.Sentence.Exhibit;
        if (!found.TryGetValue(exhibit, out var known) || known.Score < supporting.Score)
        {
            found[exhibit] = supporting;
        }

        return [index.Exhibits[exhibit].Id];
    }

    /// <summary>What everything written so far stands on, best first.</summary>
    public IReadOnlyList<Source> Sources() =>
        [.. found.Values.OrderByDescending(c => c.Score).Select(c => ToSource(c, index))];

    public static Source ToSource(Candidate c, ContentIndex index)
    {
        var exhibit = index.Exhibits[c.Sentence.Exhibit];
        return new Source(exhibit.Id, exhibit.Title[c.Sentence.Tongue], c.Sentence.Text, Math.Round(c.Score, 3)) { Hall = exhibit.Hall };
    }

    private double Share(string text, IndexedSentence sentence)
    {
        var lexicon = index.Lexicon(tongue);
        var terms = SentenceIndexer.TermsOf(text, tongue).Where(t => t[0] != '#').ToList();
        var whole = terms.Sum(lexicon.Rarity);
        return whole > 0 ? terms.Where(sentence.Terms.Contains).Sum(lexicon.Rarity) / whole : 0;
    }
}
