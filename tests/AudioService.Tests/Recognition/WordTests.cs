using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;
using Museum.AudioService.Vocabulary;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>Words and where they are, by rms: a voice that no setting was found with.</summary>
public sealed class WordTests(Ears ears) : IClassFixture<Ears>
{
    private const string Voice = "rms";

    // What the ear of a listener would forgive: a quarter of a syllable.
    private const int Tolerance = Transcript.SampleRate * 100 / 1000;

    /// <summary>Names of the sample museum that stand in no dictionary of English.</summary>
    private static readonly string[] Names =
    [
        "Antikythera", "Tutankhamun", "Sanxingdui", "Goujian", "Nefertiti", "Hammurabi", "Houmuwu", "Qingming", "Lamassu", "Laocoon", "Samothrace", "Discobolus",
    ];

    [Theory]
    [InlineData("Who painted The Starry Night?")]
    [InlineData("When was the Rosetta Stone found?")]
    [InlineData("What does the Code of Hammurabi mean?")]
    public async Task Words_are_found_where_they_were_said(string question)
    {
        var (pcm, said) = await ears.SayTimedAsync(question, Voice);
        var heard = await ears.FinalAsync(pcm);
        Assert.Equal(0, WordErrors.Of(question, heard.Text).Errors);
        Assert.All(said.Zip(heard.Words), pair =>
        {
            Assert.InRange(pair.Second.StartSample, pair.First.StartSample - Tolerance, pair.First.StartSample + Tolerance);
            // The breath after a word is the word's, for the decoder.
            Assert.InRange(pair.Second.EndSample, pair.First.EndSample - Tolerance, pair.First.EndSample + (3 * Tolerance));
        });
    }

    [Fact]
    public async Task A_word_that_was_misheard_is_trusted_less_than_one_that_was_not()
    {
        var (right, wrong) = (new List<double>(), new List<double>());
        foreach (var (question, i) in Names.Select((name, i) => ($"What happened to the green umbrella of {name}?", i)))
        {
            var heard = await ears.FinalAsync(await ears.SayAsync(question, Voice));
            var words = SpokenWords.Of(question);
            foreach (var word in heard.Words)
            {
                (words.Contains(word.Text.ToLowerInvariant()) ? right : wrong).Add(word.Confidence);
            }
        }

        Assert.True(right.Average() > wrong.Average() + 0.1, $"{right.Average():F2} {wrong.Average():F2}");
    }

    [Fact]
    public async Task Names_that_no_dictionary_has_are_heard()
    {
        var english = File.ReadLines("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict").Select(line => line.Split(' ')[0]).ToHashSet();
        var missed = new List<string>();
        foreach (var name in Names.Where(name => !english.Contains(name.ToLowerInvariant())))
        {
            var heard = await ears.FinalAsync(await ears.SayAsync($"What can you tell me about {name}?", Voice));
            if (!SpokenWords.Of(heard.Text).Contains(name.ToLowerInvariant()))
            {
                missed.Add($"{name}: {heard.Text}");
            }
        }

        Assert.True(missed.Count <= 1, string.Join("; ", missed));
    }
}
