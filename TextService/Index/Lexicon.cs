using Museum.TextService.Language;
using Museum.TextService.Language.Pinyin;

namespace Museum.TextService.Index;

/// <summary>How telling each term of a language is, from the sentences of the content.</summary>
internal sealed class Lexicon
{
    private readonly Dictionary<string, int> frequencies = [];
    private readonly int sentenceCount;
    private readonly Lazy<ILookup<(ushort, ushort), string>> pairsBySound;

    public Lexicon(IReadOnlyCollection<IndexedSentence> sentences)
    {
        sentenceCount = sentences.Count;
        foreach (var term in sentences.SelectMany(s => s.Terms))
        {
            frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
        }

        pairsBySound = new(() => frequencies.Keys.Where(t => t.Length == 2 && Han.Is(t[0]) && Han.Is(t[1]))
            .SelectMany(t => SoundsOf(t).Select(s => (Sound: s, Term: t))).ToLookup(p => p.Sound, p => p.Term));
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

    /// <summary>The pairs of Chinese characters in the texts that sound as this one does: 彗星 for 慧星.</summary>
    public IEnumerable<string> SoundingLike(string pair) => SoundsOf(pair).SelectMany(s => pairsBySound.Value[s]).Distinct();

    private static IEnumerable<(ushort, ushort)> SoundsOf(string pair) =>
        from first in HanziSounds.Of(pair[0]) from second in HanziSounds.Of(pair[1]) select (first, second);
}
