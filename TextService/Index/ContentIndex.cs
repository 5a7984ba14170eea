using System.Collections.Concurrent;
using System.Collections.Frozen;
using Museum.TextService.Content;
using Museum.TextService.Language;
using Museum.TextService.Retrieval;
using Museum.TextService.Tours;

namespace Museum.TextService.Index;

/// <summary>One state of the content, indexed. Immutable: a request works with the one it began with.</summary>
internal sealed class ContentIndex : IDisposable
{
    private readonly Dictionary<Tongue, IReadOnlyList<IReadOnlyList<IndexedSentence>>> byTongue = [];
    private readonly Dictionary<Tongue, Lexicon> lexicons = [];
    private readonly FrozenDictionary<string, int> numbers;

    // Made when first asked for: a large museum's visitors ask about few of its exhibits.
    private readonly ConcurrentDictionary<(int Exhibit, Tongue Tongue), IndexedSentence> wholes = [];

    /// <param name="exhibits">By their numbers.</param>
    /// <param name="halls">The rooms.</param>
    /// <param name="version">Names exactly this content.</param>
    /// <param name="readers">How many searches may run at once.</param>
    /// <param name="before">The content until now: the sentences of an exhibit that has not changed, nor its number, are taken over.</param>
    public ContentIndex(IReadOnlyList<Exhibit> exhibits, IReadOnlyList<Hall> halls, string version, int readers, ContentIndex? before = null)
    {
        (Exhibits, Halls, Version) = (exhibits, halls, version);
        var shared = new ConcurrentDictionary<string, string>();
        foreach (var tongue in Tongues.All)
        {
            var sentences = exhibits.AsParallel().AsOrdered().Select((e, i) => before?.SameSentences(e, i, tongue) ?? SentenceIndexer.Of(e, i, tongue, shared)).ToList();
            byTongue[tongue] = sentences;
            lexicons[tongue] = new Lexicon([.. sentences.SelectMany(s => s)]);
        }

        var texts = byTongue[Tongue.En].SelectMany(e => e).Select(s => s.Text).ToList();
        var small = texts.SelectMany(t => t.Split([' ', '-', ',', '.', '\''], StringSplitOptions.RemoveEmptyEntries)).Where(w => char.IsLower(w[0])).Select(Folding.Fold).ToHashSet();
        EnglishNames = new EnglishNames(exhibits, lexicons[Tongue.En], word => !small.Contains(word) && !EnglishEveryday.Has(word));
        EnglishSpelling = new EnglishSpelling(texts.SelectMany(EnglishWords.Of).Concat(EnglishNames.Words));
        var bodies = exhibits.Select((e, i) => ChineseNames.Plain(string.Concat(Sentences(i, Tongue.Zh).Select(s => s.Text)))).ToList();
        ChineseNames = new ChineseNames(exhibits, bodies, lexicons[Tongue.Zh].Knows);
        numbers = exhibits.Index().ToFrozenDictionary(e => e.Item.Id, e => e.Index);
        Map = new TourMap(exhibits);
        Offered = [.. exhibits.Select(e => e.Suggested)];
        FullText = FullText.Build(exhibits, byTongue, readers);
    }

    public static ContentIndex Empty => new([], [], "empty", 1);

    public IReadOnlyList<Exhibit> Exhibits { get; }
    public IReadOnlyList<Hall> Halls { get; }
    public string Version { get; }
    public EnglishNames EnglishNames { get; }
    public EnglishSpelling EnglishSpelling { get; }
    public ChineseNames ChineseNames { get; }
    public FullText FullText { get; }
    public TourMap Map { get; }

    /// <summary>The same texts as vectors; null: there are none (yet).</summary>
    public VectorIndex? Vectors { get; set; }

    /// <summary>What each exhibit suggests to ask; set once more, to what is really answered, before the index is used: see <see cref="Answers.OfferedQuestions"/>.</summary>
    public IReadOnlyList<Localized<IReadOnlyList<string>>> Offered { get; set; }

    /// <summary>The answers to those, by extraction; set with them, and empty until then.</summary>
    public IReadOnlyList<Localized<IReadOnlyList<string>>> OfferedAnswers { get; set; } = [];

    public IReadOnlyList<IndexedSentence> Sentences(int exhibit, Tongue tongue) => byTongue[tongue][exhibit];

    /// <summary>Everything that is said of an exhibit as if it were one sentence, its names and data included.</summary>
    public IndexedSentence Whole(int exhibit, Tongue tongue) =>
        wholes.GetOrAdd((exhibit, tongue), key => SentenceIndexer.Whole(Exhibits[key.Exhibit], key.Exhibit, key.Tongue, Sentences(key.Exhibit, key.Tongue)));

    /// <summary>The number of an exhibit in this index, by its id; null: there is none of that id.</summary>
    public int? NumberOf(string id) => numbers.TryGetValue(id, out var number) ? number : null;

    private IReadOnlyList<IndexedSentence>? SameSentences(Exhibit exhibit, int number, Tongue tongue) =>
        number < Exhibits.Count && ReferenceEquals(Exhibits[number], exhibit) ? Sentences(number, tongue) : null;

    public Lexicon Lexicon(Tongue tongue) => lexicons[tongue];

    /// <summary>True when hardly any other exhibit's text uses the word, so that it stands for this exhibit.</summary>
    public bool Owns(int exhibit, string word)
    {
        var stem = EnglishStemmer.Stem(word);
        var own = Sentences(exhibit, Tongue.En).Count(s => s.Terms.Contains(stem));
        return Lexicon(Tongue.En).Frequency(stem) - own <= 1;
    }

    /// <summary>True when the folded words stand somewhere in the texts.</summary>
    public bool Says(string folded, Tongue tongue) => IsKnown(folded, tongue) && byTongue[tongue].Any(e => e.Any(s => s.Folded.Contains(folded, StringComparison.Ordinal)));

    // Before every sentence is looked at: two characters side by side that stand nowhere stand in none of them.
    private bool IsKnown(string folded, Tongue tongue) => tongue == Tongue.En
        || Enumerable.Range(0, Math.Max(0, folded.Length - 1)).All(i => !Han.Is(folded[i]) || !Han.Is(folded[i + 1]) || Lexicon(tongue).Knows(folded.Substring(i, 2)));

    public void Dispose() => FullText.Dispose();
}
