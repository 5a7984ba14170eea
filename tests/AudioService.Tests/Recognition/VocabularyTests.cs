using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Vocabulary;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What the recogniser is built from.</summary>
public sealed class VocabularyTests
{
    private static readonly Lazy<PronunciationDictionary> Dictionary = new(() => PronunciationDictionary.Read("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"));

    [Theory]
    [InlineData("Painted in 1889.", "painted in eighteen eighty nine")]
    [InlineData("It is 25.7 cm high, of 8,000 pieces.", "it is twenty five point seven centimeters high of eight thousand pieces")]
    [InlineData("Ötzi’s axe, the 15th century & Klimt's kiss", "otzi's axe the fifteenth century and klimt's kiss")]
    [InlineData("!?", "")]
    public void A_text_is_its_spoken_words(string written, string spoken) => Assert.Equal(spoken, string.Join(' ', SpokenWords.Of(written)));

    [Theory]
    [InlineData("stone", "S T OW N")]
    [InlineData("hokusai", "HH OW K UW S AY")]
    [InlineData("nefertiti", "N EH F ER T IY T IY")]
    [InlineData("qingming", "CH IH NG M IH NG")]
    [InlineData("goujian", "G OW JH Y EH N")]
    [InlineData("xi'an", "SH IY AA N")]
    [InlineData("kanagawa", "K AA N AA G AA W AA")]
    [InlineData("nefertiti's", "N EH F ER T IY T IY Z")]
    [InlineData("civilisation", "S IH V AH L IH Z EY SH AH N")]
    [InlineData("woodblock", "W UH D B L AA K")]
    public void A_word_is_pronounced_also_when_no_dictionary_has_it(string word, string phones) =>
        Assert.Contains(phones, Dictionary.Value.Of(word).Select(p => string.Join(' ', p)));

    [Fact]
    public void Every_word_of_the_museum_has_a_pronunciation_in_phones_that_the_acoustic_model_knows()
    {
        var known = File.ReadLines("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict").SelectMany(line => line.Split(' ').Skip(1)).ToHashSet();
        var vocabulary = MuseumVocabulary.Read();
        var words = vocabulary.Sentences.Concat(vocabulary.Titles).Concat(vocabulary.Makers).SelectMany(SpokenWords.Of).Distinct().ToList();
        Assert.InRange(words.Count, 3_000, 6_000);
        using var file = new StringWriter();
        Assert.Empty(Dictionary.Value.Write(words, file));
        var phones = file.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => line.Split(' ').Skip(1)).Distinct();
        Assert.Subset(known, phones.ToHashSet());
    }

    [Fact]
    public void After_every_history_the_probabilities_of_all_words_add_up_to_one()
    {
        var model = new TrigramModel();
        model.Count(["who", "made", "it"], 2, whole: true);
        model.Count(["who", "made", "the", "kiss"], 0.5, whole: true);
        model.Count(["the", "kiss", "is", "gold"], 0.4, whole: false);
        var arpa = Arpa.Read(model);
        string[] words = ["who", "made", "it", "the", "kiss", "is", "gold", "</s>"];
        foreach (var history in new string[][] { [], ["who"], ["gold"], ["<s>", "who"], ["who", "made"], ["the", "kiss"], ["it", "gold"] })
        {
            Assert.Equal(1, words.Sum(word => arpa.Probability(history, word)), 3);
        }

        Assert.True(arpa.Probability(["who", "made"], "it") > arpa.Probability(["who", "made"], "the"));
        Assert.True(arpa.Probability(["<s>"], "who") > arpa.Probability(["<s>"], "the"), "a statement does not tell how a question begins");
    }

    [Fact]
    public void What_was_heard_is_written_as_the_curators_write_it()
    {
        var forms = new WrittenForms(CasedWords.Of(new MuseumWords("v", ["The Great Wave off Kanagawa"], ["Katsushika Hokusai"]) { Sentences = ["It shows Mount Fuji in Japan.", "He saw Japan once."] }));
        Assert.Equal(["Why", "did", "Hokusai", "make", "The", "Great", "Wave", "off", "Kanagawa", "in", "Japan"], forms.Of("why did hokusai make the great wave off kanagawa in japan".Split(' ')));
    }

    [Theory]
    [InlineData("Workshop of Thutmose, Egypt", "Workshop of Thutmose|Thutmose|Egypt")]
    [InlineData("Unknown Greek sculptor", "")]
    [InlineData("Vincent van Gogh", "Vincent van Gogh|Gogh")]
    [InlineData("Hagesander, Polydorus and Athenodorus of Rhodes", "Hagesander|Polydorus|Athenodorus of Rhodes|Rhodes")]
    public void Of_a_maker_the_names_are_taken(string maker, string names) => Assert.Equal(names.Split('|', StringSplitOptions.RemoveEmptyEntries), new MuseumWords("v", [], [maker]).MakerNames);

    /// <summary>Reads a model back as a decoder would.</summary>
    private sealed class Arpa
    {
        private readonly Dictionary<string, (double P, double BackOff)> grams = [];

        public static Arpa Read(TrigramModel model)
        {
            using var text = new StringWriter();
            model.Write(text);
            var arpa = new Arpa();
            foreach (var fields in text.ToString().Split('\n').Select(line => line.Split(' ')).Where(f => f.Length > 1 && f[0][0] is '-' or '0'))
            {
                var order = fields.Length > 3 && !double.TryParse(fields[^1], out _) ? fields.Length - 1 : fields.Length - 2;
                arpa.grams[string.Join(' ', fields.Skip(1).Take(order))] = (Number(fields[0]), order == fields.Length - 2 ? Number(fields[^1]) : 0);
            }

            return arpa;
        }

        public double Probability(string[] history, string word)
        {
            if (grams.TryGetValue(string.Join(' ', [.. history, word]), out var gram))
            {
                return Math.Pow(10, gram.P);
            }

            return (grams.TryGetValue(string.Join(' ', history), out var seen) ? Math.Pow(10, seen.BackOff) : 1) * Probability(history[1..], word);
        }

        private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
