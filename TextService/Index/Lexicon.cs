namespace Museum.TextService.Index;

/// <summary>How telling each term of a language is, from the sentences of the content.</summary>
internal sealed class Lexicon
{
    private readonly Dictionary<string, int> _frequency = [];
    private readonly int _sentences;

    public Lexicon(IReadOnlyCollection<IndexedSentence> sentences)
    {
        _sentences = sentences.Count;
        foreach (var term in sentences.SelectMany(s => s.Terms))
        {
            _frequency[term] = _frequency.GetValueOrDefault(term) + 1;
        }
    }

    public IReadOnlyCollection<string> Terms => _frequency.Keys;

    public bool Knows(string term) => _frequency.ContainsKey(term);

    /// <summary>The number of sentences that have the term.</summary>
    public int Frequency(string term) => _frequency.GetValueOrDefault(term);

    /// <summary>BM25's inverse document frequency over sentences; highest for what the content never says.</summary>
    public double Rarity(string term)
    {
        var frequency = Frequency(term);
        return Math.Log(1 + (_sentences - frequency + 0.5) / (frequency + 0.5));
    }
}
