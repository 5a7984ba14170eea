using Museum.AudioService.Synthesis;
using Museum.AvatarService.Visemes;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AvatarService.Tests;

public sealed class VisemeTests(Engines engines) : IClassFixture<Engines>
{
    private const int Rate = 16_000;

    public static TheoryData<string, string> Sentences => new()
    {
        { "en", "Van Gogh painted The Starry Night in 1889, during his stay at the asylum." },
        { "en", "Above the map, five famous bishops met; the public loved it." },
        { "en", "Oh!" },
        { "zh", "《星月夜》是文森特·梵高在1889年画的，现藏于纽约现代艺术博物馆。" },
        { "zh", "妈妈买了八匹马，父亲放风筝。" },
        { "zh", "这是Vincent van Gogh的画。" },
    };

    [Theory, MemberData(nameof(Sentences))]
    public async Task The_track_starts_and_ends_with_the_sound_within_40_ms(string language, string text)
    {
        var heard = await SayAsync(language, text);
        var track = TrackComposer.Compose(heard.Phones, Rate, heard.Pcm.Length);
        var speech = heard.Phones.Where(p => !Pauses.Is(p)).ToArray();
        var opens = track.First(v => v.Id != "sil").StartSample;
        Assert.InRange(opens - speech[0].StartSample, -0.04 * Rate, 0.04 * Rate);
        Assert.InRange(track[^1].StartSample - speech[^1].EndSample, -0.04 * Rate, 0.04 * Rate);
        var (first, last) = heard.Audible;
        Assert.InRange(first - opens, -0.04 * Rate, 0.04 * Rate);
        Assert.InRange(track[^1].StartSample - last, -0.04 * Rate, 0.04 * Rate);
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task The_mouth_is_closed_at_both_ends_and_moves_in_order_between(string language, string text)
    {
        var heard = await SayAsync(language, text);
        var track = TrackComposer.Compose(heard.Phones, Rate, heard.Pcm.Length);
        Assert.Equal(("sil", 0, "sil"), (track[0].Id, track[0].StartSample, track[^1].Id));
        Assert.All(track, v => Assert.Contains(v.Id, Viseme.All.Select(a => a.Id)));
        Assert.All(track, v => Assert.InRange(v.Weight, 0.05, 1));
        Assert.All(track.Zip(track.Skip(1)), pair => Assert.True(pair.First.StartSample < pair.Second.StartSample && pair.First.Id != pair.Second.Id, pair.ToString()));
        Assert.InRange(track[^1].StartSample, 1, heard.Pcm.Length);
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task Shapes_are_held_long_enough_to_be_seen(string language, string text)
    {
        var heard = await SayAsync(language, text);
        var track = TrackComposer.Compose(heard.Phones, Rate, heard.Pcm.Length);
        // The opening alone may be cut by the 20 ms in which the mouth is still closed.
        Assert.All(track.Skip(1).Zip(track.Skip(2)).Skip(1), pair => Assert.True(pair.Second.StartSample - pair.First.StartSample >= 0.02 * Rate, pair.ToString()));
        Assert.True(track.Count >= heard.Phones.Length / 4, "and yet the mouth follows the phones");
    }

    [Theory, MemberData(nameof(Sentences))]
    public async Task Every_closure_of_the_lips_is_shown_fully_closed_at_its_time(string language, string text)
    {
        var heard = await SayAsync(language, text);
        var track = TrackComposer.Compose(heard.Phones, Rate, heard.Pcm.Length);
        var closures = heard.Phones.Where(p => (p.Alphabet == "espeak" ? EspeakMnemonics.Targets(p.Symbol) : Arpabet.Targets(p.Symbol)) is [{ Viseme.Closes: true }]).ToArray();
        Assert.All(closures, phone =>
        {
            var (id, start) = (Shape(phone).Viseme.Id, phone.StartSample);
            Assert.Contains(track.Zip(track.Skip(1)), v =>
                v.First.Id == id && v.First.Weight == 1 && v.First.StartSample <= start + (0.04 * Rate) && v.Second.StartSample >= start + (0.03 * Rate));
        });
    }

    [Fact]
    public async Task In_a_pause_the_mouth_closes()
    {
        var heard = await SayAsync("en", "It is old. Nobody knows why.");
        var pauses = heard.Phones.Where(p => Pauses.Is(p) && p.StartSample > 0 && p.EndSample < heard.Pcm.Length - (Rate / 4) && p.EndSample - p.StartSample >= 0.08 * Rate).ToArray();
        Assert.NotEmpty(pauses);
        var track = TrackComposer.Compose(heard.Phones, Rate, heard.Pcm.Length);
        Assert.All(pauses, pause => Assert.Contains(track, v => v.Id == "sil" && Math.Abs(v.StartSample - pause.StartSample) <= 0.04 * Rate));
    }

    [Fact]
    public void Lips_round_before_the_rounded_vowel_sounds_but_not_through_a_closure()
    {
        // "too": the t is 100 ms long, the lips begin to round 60 ms before the vowel.
        var too = TrackComposer.Compose([Phone("t", 0, 1_600), Phone("uw", 1_600, 4_800)], Rate, null);
        Assert.Equal(1_600 - 960, too.Single(v => v.Id == "ou").StartSample);
        // "boo": the lips are closed until the b is over.
        var boo = TrackComposer.Compose([Phone("b", 0, 1_600), Phone("uw", 1_600, 4_800)], Rate, null);
        Assert.Equal(1_600, boo.Single(v => v.Id == "ou").StartSample);
    }

    [Fact]
    public void A_short_phone_is_weaker_and_a_very_short_one_gives_way_but_a_closure_never_does()
    {
        var track = TrackComposer.Compose(
            [Phone("aa", 0, 3_200), Phone("t", 3_200, 3_520), Phone("eh", 3_520, 4_320), Phone("p", 4_320, 4_560), Phone("aa", 4_560, 8_000)], Rate, null);
        Assert.Equal(["sil", "aa", "E", "PP", "aa", "sil"], track.Select(v => v.Id));
        Assert.True(track[2].Weight < 0.8);
        Assert.Equal(1, track[3].Weight);
        Assert.Equal(640, track[4].StartSample - track[3].StartSample);
    }

    [Fact]
    public void A_breath_takes_the_shape_of_what_follows()
    {
        var track = TrackComposer.Compose([Phone("hh", 0, 1_600), Phone("ow", 1_600, 4_800)], Rate, null);
        Assert.Equal(["sil", "oh", "ou", "sil"], track.Select(v => v.Id));
    }

    [Fact]
    public void A_track_of_silence_is_refused()
    {
        Assert.Throws<ClientException>(() => TrackComposer.Compose([], Rate, 16_000));
        Assert.Throws<ClientException>(() => TrackComposer.Compose([Phone("pau", 0, 16_000)], Rate, 16_000));
    }

    [Theory]
    [InlineData("ts.h", "CH")]
    [InlineData("tS;h", "CH")]
    [InlineData("S;", "SS")]
    [InlineData("th", "DD")]
    [InlineData("T", "TH")]
    [InlineData("ph", "PP")]
    [InlineData("kh", "kk")]
    [InlineData("yE", "ou E")]
    [InlineData("iou", "ih oh ou")]
    [InlineData("uei", "ou E ih")]
    [InlineData("ong", "oh kk kk")]
    [InlineData("@r", "aa RR")]
    [InlineData("aI", "aa ih")]
    [InlineData("oU", "oh ou")]
    [InlineData("A:", "aa")]
    [InlineData("3:", "E")]
    [InlineData("t#", "DD")]
    [InlineData("_:", "sil")]
    public void Mnemonics_of_espeak_are_read(string symbol, string shapes) =>
        Assert.Equal(shapes.Split(' '), EspeakMnemonics.Targets(symbol)!.Select(t => t.Viseme.Id));

    [Fact]
    public async Task Every_phone_that_the_engines_say_of_the_museum_has_a_shape()
    {
        string[] sentences = [.. Sentences.Select(row => (string)row[1]), "Joy, measure, thin cheese; you were through the azure garage.", "儿童，女王，学院，月亮，云，资源，诗人，热，吃，全，兄，翁，欧，鹅"];
        foreach (var text in sentences)
        {
            var heard = await SayAsync(text.Any(c => c > '\u3400') ? "zh" : "en", text);
            Assert.All(heard.Phones, p => Assert.NotNull(p.Alphabet == "espeak" ? EspeakMnemonics.Targets(p.Symbol) : Arpabet.Targets(p.Symbol)));
        }
    }

    private static MouthTarget Shape(TimedPhone phone) => (phone.Alphabet == "espeak" ? EspeakMnemonics.Targets(phone.Symbol) : Arpabet.Targets(phone.Symbol))![0];

    private static TimedPhone Phone(string symbol, long start, long end) => new(symbol, "arpabet", start, end);

    private async Task<Heard> SayAsync(string language, string text)
    {
        var sound = await engines.Narrator.SpeakAsync(new Utterance(text, language), Rate, default).SoonAsync();
        return await Heard.AllAsync(sound.ReadAsync(default)).SoonAsync();
    }
}
