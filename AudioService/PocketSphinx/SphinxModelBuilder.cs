using Museum.AudioService.Vocabulary;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// Makes a language model and a dictionary of the museum's words:
/// <code>
/// sentences ─────► word sequences, as parts: visitors take up what they read, but do not begin like it
/// suggestions ───► whole questions                                                        ├─► trigram ─► binary
/// titles, makers ► whole questions, by the patterns of how visitors ask
/// every word ────► its pronunciations ──────────────────────────────────────────────────────► dictionary
/// </code>
/// </summary>
internal static class SphinxModelBuilder
{
    /// <summary>Raised when the same words would now make another model: models of an older recipe are not used again.</summary>
    public const int Recipe = 1;

    // Tried on 60 questions of two voices that no figure of the benchmark comes from: titles at 0.4 to 3 and sentences at 0.4 to 1 change
    // the word errors by less than one in a hundred. The others were not varied.
    private const double SentenceWeight = 0.4;
    private const double DetailWeight = 0.4;
    private const double SuggestionWeight = 3;
    private const double PlainWeight = 2;
    private const double TitleWeight = 1;
    private const double MakerWeight = 1;

    /// <summary>Works for the better part of a second: not on a thread that requests need.</summary>
    /// <param name="words">At least one sentence or title.</param>
    /// <param name="pronunciations">Of everything that English has.</param>
    /// <param name="folder">Is there and empty.</param>
    /// <returns>Words that nobody knows how to pronounce, and so cannot be heard.</returns>
    public static IReadOnlyList<string> Build(MuseumWords words, PronunciationDictionary pronunciations, string folder)
    {
        var model = Model(words);
        var arpa = Path.Combine(folder, "museum.lm");
        using (var writer = new StreamWriter(arpa))
        {
            model.Write(writer);
        }

        SphinxLanguageModel.Compile(arpa, Path.Combine(folder, SphinxModel.LanguageFile));
        File.Delete(arpa);
        using var written = new StreamWriter(Path.Combine(folder, SphinxModel.WrittenFile));
        foreach (var (spoken, writtenForm) in CasedWords.Of(words))
        {
            written.Write($"{spoken}\t{writtenForm}\n");
        }

        using var dictionary = new StreamWriter(Path.Combine(folder, SphinxModel.DictionaryFile));
        return pronunciations.Write(model.Words.Where(word => word[0] != '<'), dictionary);
    }

    private static TrigramModel Model(MuseumWords words)
    {
        var model = new TrigramModel();
        Count(words.Sentences.Select(SpokenWords.Of), SentenceWeight, whole: false);
        Count(words.Details.Select(SpokenWords.Of), DetailWeight, whole: false);
        Count(words.Questions.Select(SpokenWords.Of), SuggestionWeight);
        Count(QuestionPatterns.Plain, PlainWeight);
        Count(words.Titles.Select(SpokenWords.Of).Where(t => t.Length > 0).SelectMany(QuestionPatterns.AboutTitle), TitleWeight);
        Count(words.MakerNames.Select(SpokenWords.Of).Where(m => m.Length > 0).SelectMany(QuestionPatterns.AboutMaker), MakerWeight);
        return model;

        void Count(IEnumerable<string[]> all, double weight, bool whole = true)
        {
            foreach (var said in all.Where(said => said.Length > 0))
            {
                model.Count(said, weight, whole);
            }
        }
    }
}
