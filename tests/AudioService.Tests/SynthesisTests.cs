using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Tests;

public sealed class SynthesisTests(Engines engines) : IClassFixture<Engines>
{
    private const string English = "Van Gogh painted The Starry Night in 1889, during his stay at the asylum.";
    private const string Chinese = "《星月夜》是文森特·梵高在1889年画的，现藏于纽约现代艺术博物馆。";

    public static TheoryData<string, string, string, string?> Sentences => new()
    {
        { "flite", "en", English, "rms" },
        { "flite", "en", English, "slt" },
        { "festival", "en", English, null },
        { "espeak-ng", "zh", Chinese, null },
        { "espeak-ng", "en", English, null },
        { "scripted-tones", "en", English, null },
    };

    [Theory, MemberData(nameof(Sentences))]
    public async Task Sound_comes_in_pieces_the_first_before_the_sentence_is_finished(string provider, string language, string text, string? voice)
    {
        await using var pieces = engines.ByName(provider).SynthesizeAsync(new Utterance(text, language, voice), default).GetAsyncEnumerator();
        Assert.True(await pieces.MoveNextAsync());
        var first = pieces.Current;
        Assert.InRange(first.Pcm.Length, 1, first.SampleRate / 4);
        Assert.True(await pieces.MoveNextAsync());
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task A_sentence_is_audible_and_as_long_as_its_text(string provider, string language, string text, string? voice)
    {
        var heard = await SayAsync(provider, language, text, voice);
        Assert.InRange(heard.Rms, 0.03, 0.3);
        Assert.True(heard.Pcm.Distinct().Count() > 1000, "speech, not a constant");
        // 15 English words or 33 syllables of Chinese, at a speaker's 1.5–4.5 words or 3–7 syllables a second.
        Assert.InRange(heard.Seconds, language == "en" ? 15 / 4.5 : 33 / 7.0, language == "en" ? 15 / 1.5 : 33 / 3.0);
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task Phones_cover_the_sound_without_gaps_or_overlaps(string provider, string language, string text, string? voice)
    {
        var heard = await SayAsync(provider, language, text, voice);
        Assert.All(heard.Phones.Zip(heard.Phones.Skip(1)), pair => Assert.Equal(pair.First.EndSample, pair.Second.StartSample));
        var (first, last) = heard.Audible;
        var speech = heard.Phones.Where(p => !Pauses.Is(p)).ToArray();
        // A plosive is silent before it bursts; nothing but that may separate the phones' span from the audible one.
        Assert.InRange(first - speech[0].StartSample, -0.03 * heard.SampleRate, 0.12 * heard.SampleRate);
        Assert.InRange(speech[^1].EndSample - last, -0.04 * heard.SampleRate, 0.15 * heard.SampleRate);
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task Words_have_times_in_order_and_their_place_in_the_written_text(string provider, string language, string text, string? voice)
    {
        var heard = await SayAsync(provider, language, text, voice);
        Assert.All(heard.Words, w => Assert.Equal(w.Text, text.Substring(w.TextStart, w.TextLength)));
        Assert.All(heard.Words, w => Assert.True(w.EndSample > w.StartSample, w.ToString()));
        Assert.All(heard.Words.Zip(heard.Words.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample, pair.ToString()));
        Assert.Contains(heard.Words, w => w.Text == "1889" || provider == "espeak-ng");
        Assert.Contains(heard.Words, w => w.Text is "painted" or "画");
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task Rate_changes_the_length(string provider, string language, string text, string? voice)
    {
        var slow = await Heard.AllAsync(engines.ByName(provider).SynthesizeAsync(new Utterance(text, language, voice, 0.7), default));
        var fast = await Heard.AllAsync(engines.ByName(provider).SynthesizeAsync(new Utterance(text, language, voice, 1.5), default));
        Assert.InRange(slow.Seconds / fast.Seconds, 1.6, 2.8);
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task Cancellation_ends_the_synthesis_and_the_engine_speaks_again(string provider, string language, string text, string? voice)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var piece in engines.ByName(provider).SynthesizeAsync(new Utterance(text, language, voice), stop.Token))
            {
                await stop.CancelAsync();
            }
        });
        Assert.InRange((await SayAsync(provider, language, text, voice)).Seconds, 2, 12);
    }

    [Theory]
    [InlineData("flite", "en", English)]
    [InlineData("festival", "en", English)]
    [InlineData("espeak-ng", "en", English)]
    [InlineData("espeak-ng", "zh", Chinese)]
    public async Task Pitch_changes_how_high_the_voice_is_and_not_how_long_it_speaks(string provider, string language, string text)
    {
        var own = await Heard.AllAsync(engines.ByName(provider).SynthesizeAsync(new Utterance(text, language), default)).SoonAsync();
        var higher = await Heard.AllAsync(engines.ByName(provider).SynthesizeAsync(new Utterance(text, language, Pitch: 1.4), default)).SoonAsync();
        Assert.InRange(Voicing.MedianHertz(higher.Pcm, higher.SampleRate) / Voicing.MedianHertz(own.Pcm, own.SampleRate), 1.25, 1.6);
        Assert.InRange(higher.Seconds / own.Seconds, 0.9, 1.1);
    }

    [Theory]
    [InlineData("星月夜", 3)]
    [InlineData("洛神赋图", 4)]
    [InlineData("秦始皇兵马俑", 6)]
    [InlineData("1889年", 5)]
    [InlineData("73.7厘米", 7)]
    public async Task Every_Chinese_character_is_one_syllable_of_a_speakers_length(string text, int syllables)
    {
        var heard = await SayAsync("espeak-ng", "zh", text, null);
        var spoken = heard.Phones.Where(p => !Pauses.Is(p)).Sum(p => p.EndSample - p.StartSample) / (double)heard.SampleRate;
        Assert.InRange(spoken / syllables, 0.13, 0.35);
    }

    [Fact]
    public async Task Latin_names_in_a_Chinese_sentence_are_spoken_in_English()
    {
        var heard = await SayAsync("espeak-ng", "zh", "这是Vincent van Gogh的画。", null);
        // As pinyin the last name would end in a Chinese g-o-g-h; in English it ends in this diphthong.
        Assert.Contains(heard.Phones, p => p.Symbol.StartsWith("oU", StringComparison.Ordinal));
        Assert.Equal(["这", "是", "Vincent", "van", "Gogh", "的", "画"], heard.Words.Select(w => w.Text));
    }

    [Theory]
    [InlineData("flite", "In China The Starry Night is called 《星月夜》, which means the same.", "In China The Starry Night is called 星 月 夜 which means the same")]
    [InlineData("espeak-ng", "In China The Starry Night is called 《星月夜》, which means the same.", "In China The Starry Night is called 星 月 夜 which means the same")]
    [InlineData("flite", "银行 means bank.", "银 行 means bank")]
    [InlineData("flite", "Its name is 音乐.", "Its name is 音 乐")]
    [InlineData("flite", "音乐", "音 乐")]
    public async Task Hanzi_in_an_English_sentence_are_spoken_in_Mandarin(string provider, string text, string said)
    {
        await using var english = new Engines(new TtsOptions { Providers = new() { ["en"] = [provider], ["zh"] = ["espeak-ng"] } });
        var sound = await english.Narrator.SpeakAsync(new Utterance(text, "en"), 16_000, default).SoonAsync();
        var heard = await Heard.AllAsync(sound.ReadAsync(default)).SoonAsync();
        Assert.Equal(said, string.Join(' ', heard.Words.Select(w => w.Text.Trim('《', '》', ',', '.'))));
        Assert.All(heard.Words, w => Assert.Equal(w.Text, text.Substring(w.TextStart, w.TextLength)));
        Assert.All(heard.Words.Zip(heard.Words.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample, pair.ToString()));
        Assert.All(heard.Phones.Zip(heard.Phones.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample, pair.ToString()));
        // Each hanzi as long as a syllable, and not a word more.
        var mandarin = heard.Words.Where(w => w.Text.Any(c => c is >= '\u4e00' and <= '\u9fff')).ToList();
        Assert.All(mandarin, w => Assert.InRange((w.EndSample - w.StartSample) / 16_000.0, 0.1, 0.5));
        Assert.Contains(heard.Phones, p => p.Alphabet == "espeak");
    }

    [Fact]
    public async Task Where_nobody_speaks_Mandarin_the_rest_of_the_sentence_is_said()
    {
        await using var english = new Engines(new TtsOptions { Providers = new() { ["en"] = ["flite"] } });
        var sound = await english.Narrator.SpeakAsync(new Utterance("Its name is 音乐 in Chinese.", "en"), 16_000, default).SoonAsync();
        Assert.Equal(["Its", "name", "is", "in", "Chinese"], (await Heard.AllAsync(sound.ReadAsync(default)).SoonAsync()).Words.Select(w => w.Text));
    }

    [Fact]
    public async Task The_same_sentence_is_said_alike_by_all_of_flites_threads()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SayAsync("flite", "en", English, "rms")));
        Assert.All(all, heard => Assert.Equal(all[0].Phones, heard.Phones));
        Assert.All(all, heard => Assert.Equal(all[0].Pcm.Length, heard.Pcm.Length));
    }

    private Task<Heard> SayAsync(string provider, string language, string text, string? voice) =>
        Heard.AllAsync(engines.ByName(provider).SynthesizeAsync(new Utterance(text, language, voice), default)).SoonAsync();
}
