using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>What is written into the full-text index and asked of it: English stems, Chinese characters and pairs.</summary>
internal static class FullTextTerms
{
    // A search for more would cost more than it finds.
    private const int MostTerms = 64;

    // So many are searched for in any case; of the others only as long as they are not everywhere: what half of the texts say tells nothing.
    private const int AlwaysTerms = 6;
    private const int MostSentences = 20_000;

    public static IEnumerable<string> Of(string text, Tongue tongue) =>
        tongue == Tongue.Zh
            ? ChineseText.Terms(text)
            : EnglishWords.Of(text).Where(w => !EnglishWords.IsStop(w)).Select(EnglishStemmer.Stem);

    /// <summary>The terms to search for. In Chinese the pairs alone, which tell more; a lone character when there is nothing else.</summary>
    public static List<string> Query(string text, Tongue tongue)
    {
        var terms = Of(text, tongue).Distinct().Where(t => !t.Contains('"', StringComparison.Ordinal)).ToList();
        var pairs = tongue == Tongue.Zh ? terms.FindAll(t => t.Length > 1) : terms;
        return [.. (pairs.Count > 0 ? pairs : terms).TakeLast(MostTerms)];
    }

    /// <summary>The same, the rarest first, without those that in a large museum stand in thousands of sentences.</summary>
    public static List<string> Telling(string text, Tongue tongue, Lexicon lexicon)
    {
        var seen = 0;
        return [.. Query(text, tongue).OrderBy(lexicon.Frequency).TakeWhile((t, i) => (seen += lexicon.Frequency(t)) <= MostSentences || i < AlwaysTerms)];
    }
}
