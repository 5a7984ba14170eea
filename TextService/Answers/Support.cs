using Museum.TextService.Generation;
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

/// <summary>Finds on which sentences of the content a written sentence stands, whoever wrote it: those that were found, else those that functions told.</summary>
internal sealed class Support(Turn turn)
{
    // Most of a sentence's telling words must stand in the text for the text to support it.
    private const double Enough = 0.5;

    private readonly ContentIndex index = turn.Index;
    private readonly Tongue tongue = turn.Question.Answer;
    private readonly IReadOnlyList<Candidate> candidates = [.. turn.Evidence.Answer, .. turn.Evidence.Best];
    private readonly Dictionary<int, List<Candidate>> found = [];

    /// <summary>The ids of the exhibits that support the sentence; what it stands on is remembered for the sources.</summary>
    public IReadOnlyList<string> Of(string written)
    {
        var text = written.Trim();
        if ((Among(candidates, text) ?? Among(Told(), text) ?? Named(text)) is not { } supporting)
        {
            return [];
        }

        var exhibit = supporting.Sentence.Exhibit;
        if (!found.TryGetValue(exhibit, out var known))
        {
            found[exhibit] = known = [];
        }

        known.Add(supporting);
        return [index.Exhibits[exhibit].Id];
    }

    /// <summary>What everything written so far stands on, best first.</summary>
    public IReadOnlyList<Source> Sources() =>
    [
        .. found.Values
            .OrderByDescending(of => of.Max(c => c.Score))
            .Select(of => ToSource(of.MaxBy(c => c.Score)!, index) with { Passages = [.. of.Select(c => c.Sentence).OrderBy(s => s.Position).Select(s => s.Text).Distinct()] }),
    ];

    public static Source ToSource(Candidate c, ContentIndex index)
    {
        var exhibit = index.Exhibits[c.Sentence.Exhibit];
        return new Source(exhibit.Id, exhibit.Title[c.Sentence.Tongue], c.Sentence.Text, Math.Round(c.Score, 3)) { Hall = exhibit.Hall };
    }

    private Candidate? Among(IReadOnlyList<Candidate> candidates, string text) =>
        candidates.FirstOrDefault(c => c.Sentence.Text.Contains(text, StringComparison.Ordinal) || text.Contains(c.Sentence.Text, StringComparison.Ordinal))
        ?? candidates
            .Where(c => c.Sentence.Tongue == tongue)
            .Select(c => (Candidate: c, Share: Share(text, c.Sentence)))
            .Where(c => c.Share >= Enough)
            .OrderByDescending(c => c.Share)
            .Select(c => c.Candidate).FirstOrDefault();

    // The question did not weigh them: the model that asked for them did.
    private List<Candidate> Told() => turn.ToldOf.ConvertAll(s => new Candidate(s, Coverage: 1, Fit: 0, Score: Enough));

    // "Begin with Guernica, in hall 3": of what a function told of, the name is enough.
    private Candidate? Named(string text)
    {
        if (turn.ToldOf.Count == 0)
        {
            return null;
        }

        var mentions = tongue == Tongue.Zh ? index.ChineseNames.Find(ChineseNames.Plain(text), []) : index.EnglishNames.Find(EnglishWords.Of(text), index.Owns);
        return Told().Find(c => mentions.Exists(m => m.Strength > MentionStrength.Part && m.Exhibits.Contains(c.Sentence.Exhibit)));
    }

    private double Share(string text, IndexedSentence sentence)
    {
        var lexicon = index.Lexicon(tongue);
        var terms = SentenceIndexer.TermsOf(text, tongue).Where(t => t[0] != '#').ToList();
        var whole = terms.Sum(lexicon.Rarity);
        return whole > 0 ? terms.Where(sentence.Terms.Contains).Sum(lexicon.Rarity) / whole : 0;
    }
}
