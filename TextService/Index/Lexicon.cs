namespace Museum.TextService.Index;

/// <summary>How telling each term of a language is, from the sentences of the content.</summary>
internal sealed class Lexicon
{
    private readonly Dictionary<string, int> frequencies = [];
    private readonly int sentenceCount;

    public Lexicon(IReadOnlyCollection<IndexedSentence> sentences)
    {
        sentenceCount = sentences.Count;
        foreach (var term in sentences.SelectMany(s => s.Terms))
        {
            frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }
    }

    public IReadOnlyCollection<string> Terms => frequencies.Keys;

    public bool Knows(string term) => frequencies.ContainsKey(term);

    /// <summary>The number of sentences that have the term.</summary>
    public int Frequency(string term) => frequencies.GetValueOrDefault(term);

    /// <summary>BM25's inverse document frequency over sentences; highest for what the content never says.</summary>
    public double Rarity(string term)
    {
        var frequency = Frequency(term);
        return Math.Log(1 + (sentenceCount - frequency + 0.5) / (frequency + 0.5));
    }
}
