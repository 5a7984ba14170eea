using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>One state of the content, indexed. Immutable: a request works with the one it began with.</summary>
internal sealed class ContentIndex : IDisposable
{
    private readonly Dictionary<Tongue, IReadOnlyList<IReadOnlyList<IndexedSentence>>> _sentences = [];
    private readonly Dictionary<Tongue, Lexicon> _lexicons = [];

    /// <param name="readers">How many searches may run at once.</param>
    public ContentIndex(IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Hall> halls, string version, int readers)
    {
        (Exhibits, Halls, Version) = (exhibits, halls, version);
        foreach (var tongue in Tongues.All)
        {
            var sentences = exhibits.Select((e, i) => (IReadOnlyList<IndexedSentence>)SentenceIndexer.Of(e, i, tongue)).ToList();
            _sentences[tongue] = sentences;
            _lexicons[tongue] = new Lexicon([.. sentences.SelectMany(s => s)]);
        }

        EnglishNames = new EnglishNames(exhibits, _lexicons[Tongue.En]);
        var bodies = exhibits.Select((e, i) => ChineseNames.Plain(string.Concat(Sentences(i, Tongue.Zh).Select(s => s.Text)))).ToList();
        ChineseNames = new ChineseNames(exhibits, (part, exhibit) => !bodies.Where((b, i) => i != exhibit && b.Contains(part, StringComparison.Ordinal)).Any());
        FullText = FullText.Build(exhibits, _sentences, readers);
    }

    public static ContentIndex Empty => new([], [], "empty", 1);

    public IReadOnlyList<Exhibit> Exhibits { get; }
    public IReadOnlyList<Hall> Halls { get; }
    public string Version { get; }
    public EnglishNames EnglishNames { get; }
    public ChineseNames ChineseNames { get; }
    public FullText FullText { get; }

    public IReadOnlyList<IndexedSentence> Sentences(int exhibit, Tongue tongue) => _sentences[tongue][exhibit];

    public Lexicon Lexicon(Tongue tongue) => _lexicons[tongue];

    /// <summary>True when hardly any other exhibit's text uses the word, so that it stands for this exhibit.</summary>
    public bool Owns(int exhibit, string word)
    {
        var stem = EnglishStemmer.Stem(word);
        var own = Sentences(exhibit, Tongue.En).Count(s => s.Terms.Contains(stem));
        return Lexicon(Tongue.En).Frequency(stem) - own <= 1;
    }

    /// <summary>True when the folded words stand somewhere in the texts.</summary>
    public bool Says(string folded, Tongue tongue) => _sentences[tongue].Any(e => e.Any(s => s.Folded.Contains(folded, StringComparison.Ordinal)));

    public void Dispose() => FullText.Dispose();
}
