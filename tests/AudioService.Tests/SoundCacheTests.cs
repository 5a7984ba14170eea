using Museum.AudioService.Scripted;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Caching;

namespace Museum.AudioService.Tests;

/// <summary>What was said before is not made again; what is being said is made once for all who ask.</summary>
public sealed class SoundCacheTests
{
    private static readonly Utterance Sentence = new("Where is the Rosetta Stone?", "en");

    private readonly CountedSynthesizer best = new("best");
    private readonly Narrator narrator;

    public SoundCacheTests() => narrator = NarratorWith(SoundCaches.InMemory());

    [Fact]
    public async Task A_sentence_said_again_sounds_the_same_has_all_its_times_at_once_and_is_not_made_again()
    {
        var first = await HeardAsync(await SayAsync(Sentence));
        var again = await KnownAsync(Sentence);
        Assert.True(again.Finished);
        Assert.True(again.Times.Complete);
        Same(first, await HeardAsync(again));
        Same(first, await HeardAsync(await SayAsync(Sentence)));
        Assert.Equal(1, best.Made);
    }

    public static TheoryData<string> Others => ["text", "language", "voice", "rate", "pitch"];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Another_text_language_voice_rate_or_pitch_is_another_sound(string what)
    {
        await (await SayAsync(Sentence)).Ended.SoonAsync();
        await (await SayAsync(what switch
        {
            "text" => Sentence with { Text = "Where is the Rosetta stone?" },
            "language" => Sentence with { Language = "zh" },
            "voice" => Sentence with { Voice = "other" },
            "rate" => Sentence with { Rate = 1.1 },
            _ => Sentence with { Pitch = 1.1 },
        })).Ended.SoonAsync();
        Assert.Equal(2, best.Made);
    }

    [Fact]
    public async Task Another_sample_rate_and_another_version_of_the_engine_are_other_sounds()
    {
        await (await SayAsync(Sentence)).Ended.SoonAsync();
        await (await narrator.SpeakAsync(Sentence, 24_000, default).SoonAsync()).Ended.SoonAsync();
        best.Version = "2";
        await (await SayAsync(Sentence)).Ended.SoonAsync();
        Assert.Equal(3, best.Made);
    }

    [Fact]
    public async Task Who_asks_for_what_is_being_said_listens_along_from_its_first_sample()
    {
        best.PauseAfterFirst = new();
        var first = await SayAsync(Sentence);
        var second = await SayAsync(Sentence);
        Assert.False(first.Finished);
        best.PauseAfterFirst.SetResult();
        Same(await HeardAsync(first), await HeardAsync(second));
        Assert.Equal(1, best.Made);
    }

    [Fact]
    public async Task Fifty_who_ask_at_the_same_time_cost_one_synthesis()
    {
        best.PauseBeforeFirst = new();
        var all = Enumerable.Range(0, 50).Select(_ => Task.Run(() => SayAsync(Sentence))).ToArray();
        await Eventually.TrueAsync(() => best.Made == 1);
        best.PauseBeforeFirst.SetResult();
        var heard = await Task.WhenAll((await Task.WhenAll(all).SoonAsync()).Select(HeardAsync)).SoonAsync();
        Assert.All(heard, h => Same(heard[0], h));
        Assert.Equal(1, best.Made);
    }

    [Fact]
    public async Task A_listener_who_leaves_leaves_the_sound_to_the_others_and_the_last_takes_it_along()
    {
        best.PauseAfterFirst = new();
        using CancellationTokenSource one = new(), other = new();
        var first = await narrator.SpeakAsync(Sentence, 16_000, one.Token).SoonAsync();
        var second = await narrator.SpeakAsync(Sentence, 16_000, other.Token).SoonAsync();
        await one.CancelAsync();
        await one.CancelAsync();
        Assert.False(best.Stopped.Task.IsCompleted);
        Assert.Same(first, second);
        await other.CancelAsync();
        await best.Stopped.Task.SoonAsync();
        await second.Ended.SoonAsync();

        // Half a sentence is not kept.
        best.PauseAfterFirst = null;
        Assert.Null(await narrator.RecallAsync(Sentence, 16_000, default));
        await (await SayAsync(Sentence)).Ended.SoonAsync();
        Assert.Equal(2, best.Made);
    }

    [Fact]
    public async Task Who_leaves_before_the_first_sound_leaves_nothing_behind()
    {
        best.PauseBeforeFirst = new();
        using var gone = new CancellationTokenSource();
        var waiting = narrator.SpeakAsync(Sentence, 16_000, gone.Token);
        await Eventually.TrueAsync(() => best.Made == 1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.SoonAsync());
        await best.Stopped.Task.SoonAsync();
    }

    [Fact]
    public async Task A_sound_that_breaks_off_is_not_kept()
    {
        best.BreaksOff = true;
        await (await SayAsync(Sentence)).Ended.SoonAsync();
        best.BreaksOff = false;
        await HeardAsync(await SayAsync(Sentence));
        Assert.Equal(2, best.Made);
    }

    [Fact]
    public async Task What_the_best_voice_said_before_is_heard_in_it_even_while_it_is_away()
    {
        await (await SayAsync(Sentence)).Ended.SoonAsync();
        await KnownAsync(Sentence);
        best.Away = true;
        Assert.Equal("best", (await SayAsync(Sentence)).Provider);
        Assert.Equal(ScriptedSynthesizer.ProviderName, (await SayAsync(Sentence with { Text = "Never said." })).Provider);
    }

    [Theory]
    [InlineData("The Starry Night was painted in 1889.", "en")]
    [InlineData("《星月夜》是梵高在1889年画的。", "zh")]
    public async Task A_real_sound_survives_a_restart_to_the_last_sample_and_phone(string text, string language)
    {
        var folder = Directory.CreateTempSubdirectory("museum-sounds-");
        await using var engines = new Engines();
        var sound = await engines.Narrator.SpeakAsync(new Utterance(text, language), 16_000, default).SoonAsync();
        await sound.Ended.SoonAsync();
        var key = SoundKey.Of(engines.ByName(sound.Provider), new Utterance(text, language), 16_000);
        await using (var before = SoundCaches.WithFiles(folder.FullName))
        {
            before.GetRequiredService<ICache<KeptSound>>().Set(key, sound.Whole!);
            var writer = before.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<BackgroundService>().First();
            await writer.StartAsync(default);
            await Eventually.TrueAsync(() => Directory.GetFiles(folder.FullName, key.ToString(), SearchOption.AllDirectories).Length == 1);
            await writer.StopAsync(default);
        }

        await using var after = SoundCaches.WithFiles(folder.FullName);
        var kept = (await after.GetRequiredService<ICache<KeptSound>>().GetAsync(key)).Value;
        Same(await HeardAsync(sound), await HeardAsync(kept.Again));
        Assert.Equal(sound.Provider, kept.Provider);
        folder.Delete(recursive: true);
    }

    private Narrator NarratorWith(SoundCache sounds) =>
        new Narrators(sounds, new() { ["en"] = ["best", ScriptedSynthesizer.ProviderName], ["zh"] = ["best"] }, best, new ScriptedSynthesizer()).Narrator;

    private Task<SentenceSound> SayAsync(Utterance utterance) => narrator.SpeakAsync(utterance, 16_000, default).SoonAsync();

    /// <summary>A sound is kept a moment after its end.</summary>
    private Task<SentenceSound> KnownAsync(Utterance utterance) => Eventually.GetAsync(() => narrator.RecallAsync(utterance, 16_000, default).AsTask());

    private static Task<Heard> HeardAsync(SentenceSound sound) => Heard.AllAsync(sound.ReadAsync(default)).SoonAsync();

    private static void Same(Heard expected, Heard actual)
    {
        Assert.Equal(expected.Pcm, actual.Pcm);
        Assert.Equal(expected.Words, actual.Words);
        Assert.Equal(expected.Phones, actual.Phones);
    }
}
