using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;
using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>PocketSphinx with the museum's own language model, spoken to by flite. Figures over many voices: benchmarks/Speech.</summary>
public sealed class HearingTests(Ears ears) : IClassFixture<Ears>
{
    private const string Question = "Where does The Starry Night hang today?";

    // Of the content's test questions, which no recogniser is built from.
    private static readonly string[] Questions =
    [
        "Who painted American Gothic?", "When was The Birth of Venus painted?", "How was the Dunhuang Diamond Sutra printed?", "What does The Great Wave mean?",
        "Who found the Jade Burial Suit of Liu Sheng?", "Why is the skeleton called Lucy?", "Who painted The Starry Night?", "How big is The Starry Night?",
    ];

    private static readonly string[] Everyday =
    [
        "The doctor told me to drink more water.", "My daughter is learning how to ride a bicycle.", "Please turn off the lights in the kitchen.",
        "Who won the football match yesterday?", "Remind me to call the dentist on Friday.",
    ];

    [Theory, InlineData("slt"), InlineData("rms")]
    public async Task A_visitors_questions_are_understood(string voice)
    {
        var errors = new List<double>();
        foreach (var question in Questions)
        {
            var heard = await ears.FinalAsync(await ears.SayAsync(question, voice));
            errors.Add(WordErrors.Of(question, heard.Text).Rate);
        }

        Assert.InRange(errors.Average(), 0, 0.2);
        Assert.InRange(errors.Count(e => e == 0), Questions.Length / 2, Questions.Length);
    }

    [Fact]
    public async Task What_nobody_asks_in_a_museum_is_marked_so_that_the_guide_asks_again()
    {
        var marked = 0;
        foreach (var sentence in Everyday)
        {
            var heard = await ears.FinalAsync(await ears.SayAsync(sentence));
            marked += heard.LowConfidence ? 1 : 0;
            Assert.InRange(heard.Confidence, 0, 1);
        }

        Assert.InRange(marked, 4, 5);
        Assert.False((await ears.FinalAsync(await ears.SayAsync(Question))).LowConfidence);
    }

    [Fact]
    public async Task Words_come_while_the_visitor_still_speaks_and_one_final_transcript_after()
    {
        var transcripts = await ears.HearAsync(await ears.SayAsync(Question));
        Assert.Equal([.. Enumerable.Repeat(false, transcripts.Count - 1), true], transcripts.Select(t => t.IsFinal));
        Assert.InRange(transcripts.Count, 4, 40);
        Assert.StartsWith("Where", transcripts[^2].Text, StringComparison.Ordinal);
        Assert.InRange(WordErrors.Of(Question, transcripts[^1].Text).Rate, 0, 0.2);
        Assert.Contains("The Starry Night", transcripts[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_word_has_its_place_in_the_sound_and_its_confidence()
    {
        var pcm = await ears.SayAsync(Question);
        var heard = await ears.FinalAsync(pcm);
        Assert.Equal(heard.Text, string.Join(' ', heard.Words.Select(w => w.Text)));
        Assert.All(heard.Words, w => Assert.InRange(w.Confidence, 0, 1));
        Assert.All(heard.Words.Zip(heard.Words.Skip(1)), pair => Assert.InRange(pair.Second.StartSample, pair.First.EndSample, pcm.Length));
        // Where the sound begins and ends: quiet was added to both sides.
        Assert.InRange(heard.Words[0].StartSample, 0, 6_000);
        Assert.InRange(heard.Words[^1].EndSample, pcm.Length - 9_000, pcm.Length);
    }

    [Fact]
    public async Task Other_readings_can_be_had()
    {
        var heard = (await ears.HearAsync(await ears.SayAsync("Who painted The Kiss?"), new RecognitionRequest("en", Partials: false, Alternatives: 3)))[^1];
        Assert.InRange(heard.Alternatives.Count, 1, 3);
        Assert.DoesNotContain(heard.Alternatives, a => a.Text == heard.Text);
        Assert.All(heard.Alternatives, a => Assert.InRange(a.Confidence, 0, heard.Confidence));
    }

    [Fact]
    public async Task Nothing_said_is_an_empty_transcript_and_no_guess()
    {
        Assert.Equal("", (await ears.FinalAsync([])).Text);
        var heard = await ears.FinalAsync([.. Ears.Quiet(2)]);
        Assert.True(heard.Text.Length == 0 || heard.LowConfidence, heard.Text);
    }

    [Fact]
    public async Task What_was_learned_of_one_speaker_is_forgotten_before_the_next()
    {
        var pcm = await ears.SayAsync(Question);
        var alone = await ears.FinalAsync(pcm);
        var loud = (await ears.SayAsync("What is the meaning of the Rosetta Stone?", "rms")).Select(s => (short)(s / 20)).ToArray();
        await ears.FinalAsync(loud);
        var after = await ears.FinalAsync(pcm);
        Assert.InRange(WordErrors.Of(alone.Text, after.Text).Rate, 0, 0.2);
        Assert.Equal(alone.Confidence, after.Confidence, 0.1);
    }

    [Fact]
    public async Task Twenty_visitors_at_once_are_each_heard_as_if_they_were_alone()
    {
        var pcm = await ears.SayAsync(Question);
        var alone = await ears.FinalAsync(pcm);
        var together = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ears.FinalAsync(pcm)))).SoonAsync();
        Assert.All(together, t => Assert.InRange(WordErrors.Of(alone.Text, t.Text).Rate, 0, 0.2));
        Assert.Equal(0, ears.Pool.Active);
    }

    [Fact]
    public async Task A_visitor_who_goes_away_gives_the_decoder_back()
    {
        using var gone = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in ears.Listener.RecognizeAsync(new RecognitionRequest("en"), Ears.Live(await ears.SayAsync(Question)), Transcript.SampleRate, gone.Token))
            {
                await gone.CancelAsync();
            }
        });
        Assert.Equal(0, ears.Pool.Active);
        Assert.InRange(WordErrors.Of(Question, (await ears.FinalAsync(await ears.SayAsync(Question))).Text).Rate, 0, 0.2);
    }

    [Fact]
    public async Task New_words_are_heard_at_once_and_an_utterance_that_has_begun_ends_with_the_old()
    {
        const string newQuestion = "What is the Zanzibar Umbrella?";
        var pcm = await ears.SayAsync(newQuestion);
        var old = ears.Decoders.Model!;
        var transcripts = new List<Transcript>();
        await foreach (var transcript in ears.Listener.RecognizeAsync(new RecognitionRequest("en"), Ears.Live(pcm), Transcript.SampleRate, default))
        {
            if (transcripts.Count == 0)
            {
                var vocabulary = MuseumVocabulary.Read("v2");
                vocabulary.Titles.Add("Zanzibar Umbrella");
                await ears.Decoders.UseAsync(ears.Store.Make(MuseumWords.Of(vocabulary)).Model, default);
            }

            transcripts.Add(transcript);
        }

        Assert.DoesNotContain("Zanzibar", transcripts[^1].Text, StringComparison.Ordinal);
        Assert.EndsWith("Zanzibar Umbrella", (await ears.FinalAsync(pcm)).Text, StringComparison.Ordinal);
        await ears.Decoders.UseAsync(old, default);
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("museum-broken-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, SphinxModel.LanguageFile), "no model");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, SphinxModel.DictionaryFile), "word W ER D\n");
        var before = ears.Decoders.Model;
        await Assert.ThrowsAsync<DependencyException>(() => ears.Decoders.UseAsync(new SphinxModel(before!.Acoustic, folder.FullName), default).SoonAsync());
        Assert.Same(before, ears.Decoders.Model);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_language_that_nobody_hears_is_said_plainly()
    {
        var e = await Assert.ThrowsAsync<DependencyException>(() => ears.HearAsync([], new RecognitionRequest("zh")));
        Assert.Equal("no_recognizer", e.Code);
        Assert.Contains("please write", e.Message, StringComparison.Ordinal);
        Assert.Contains("Stt:Providers:zh", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_minute_is_refused()
    {
        var e = await Assert.ThrowsAsync<ClientException>(() => ears.HearAsync(new short[61 * Transcript.SampleRate], new RecognitionRequest("xx")));
        Assert.Equal("audio_too_long", e.Code);
    }

    [Fact]
    public async Task The_scripted_twin_says_the_same_words_for_the_same_length()
    {
        var heard = await ears.HearAsync(new short[Transcript.SampleRate], new RecognitionRequest("xx"));
        Assert.Equal(["Who", "Who made", "Who made the", "Who made the"], heard.Select(t => t.Text));
    }
}
