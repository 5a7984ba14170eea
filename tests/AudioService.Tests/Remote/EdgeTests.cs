using System.Text;
using Museum.AudioService.Edge;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

public sealed class EdgeTests(Engines engines) : IClassFixture<Engines>, IAsyncLifetime
{
    private const string Text = "Tom & Jerry's <museum> was painted in 1889.";

    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public void The_token_is_the_one_that_the_service_computes()
    {
        // Echoed by nobody's code: computed with sha256sum of "13374288000" + "0000000" + the token.
        var at = DateTimeOffset.FromUnixTimeSeconds(1_729_814_400 + 299);
        Assert.Equal(EdgeToken.Compute(at.AddSeconds(-299), "X"), EdgeToken.Compute(at, "X"));
        Assert.NotEqual(EdgeToken.Compute(at.AddSeconds(1), "X"), EdgeToken.Compute(at, "X"));
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("133742880000000000X"u8)), EdgeToken.Compute(at, "X"));
    }

    [Fact]
    public async Task A_sentence_is_spoken_with_its_words_where_they_stand_in_the_text()
    {
        var heard = await SayAsync(Voice(), new Utterance(Text, "en", Rate: 1.2, Pitch: 0.95));
        var prosody = server.Spoken.Single().Descendants().Single(e => e.Name.LocalName == "prosody");
        Assert.Equal((Text, "+20%", "-10Hz"), (prosody.Value, prosody.Attribute("rate")!.Value, prosody.Attribute("pitch")!.Value));
        Assert.Equal("en-US-AriaNeural", prosody.Parent!.Attribute("name")!.Value);
        Assert.Equal(["Tom", "Jerry", "s", "museum", "was", "painted", "in", "1889"], heard.Words.Select(w => w.Text));
        Assert.All(heard.Words, w => Assert.Equal(w.Text, Text.Substring(w.TextStart, w.TextLength)));
        Assert.InRange(heard.Seconds, Text.Count(char.IsLetterOrDigit) / 20.0, (Text.Count(char.IsLetterOrDigit) / 20.0) + 0.2);
        Assert.Contains(heard.Phones, p => p.Symbol == "p");
    }

    [Fact]
    public async Task The_first_sound_is_heard_before_the_sentence_is_finished()
    {
        server.HoldsSound = new();
        await using var pieces = Voice().SynthesizeAsync(new Utterance(Text, "en"), default).GetAsyncEnumerator();
        do
        {
            Assert.True(await pieces.MoveNextAsync().AsTask().SoonAsync());
        }
        while (pieces.Current.Pcm.Length == 0);
        server.HoldsSound.SetResult();
        while (await pieces.MoveNextAsync().AsTask().SoonAsync())
        {
        }
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(900)]
    public async Task A_clock_that_goes_wrong_is_corrected_by_the_services_own(int skewSeconds)
    {
        server.Skew = TimeSpan.FromSeconds(skewSeconds);
        var voice = Voice();
        await SayAsync(voice, new Utterance(Text, "en"));
        Assert.Equal(2, server.Handshakes);
        await SayAsync(voice, new Utterance(Text, "en"));
        Assert.Equal(3, server.Handshakes);
    }

    [Fact]
    public async Task A_service_that_refuses_a_corrected_token_is_asked_no_third_time()
    {
        server.RefusesEverybody = true;
        var failure = await Assert.ThrowsAsync<DependencyException>(() => SayAsync(Voice(), new Utterance(Text, "en")));
        Assert.Equal("edge_voice_key_refused", failure.Code);
        Assert.Equal(2, server.Handshakes);
    }

    [Fact]
    public async Task It_is_off_until_somebody_sets_the_token()
    {
        var voice = Voice(token: "");
        Assert.Contains("Tts:Edge:TrustedClientToken", await voice.ProbeAsync(default), StringComparison.Ordinal);
        await Assert.ThrowsAsync<DependencyException>(() => SayAsync(voice, new Utterance(Text, "en")));
        Assert.Equal(0, server.Handshakes);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_ends_the_sound()
    {
        server.HangsUpAfter = 6;
        var failure = await Assert.ThrowsAsync<DependencyException>(() => SayAsync(Voice(), new Utterance(Text, "en")));
        Assert.Equal("edge_voice_broke_off", failure.Code);
    }

    [Fact]
    public async Task Text_that_is_too_long_once_escaped_is_spoken_in_parts_whose_words_follow_each_other()
    {
        var text = string.Concat(Enumerable.Repeat("a & ", 200)) + string.Concat(Enumerable.Repeat("b' & <c> ", 22));
        var heard = await SayAsync(Voice(), new Utterance(text, "en"));
        Assert.Equal(text.Split(' ').SelectMany(w => w.Where(char.IsLetter)).Select(c => c.ToString()), heard.Words.Select(w => w.Text));
        Assert.All(heard.Words.Zip(heard.Words.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample, pair.ToString()));
    }

    [Theory]
    [InlineData("&")]
    [InlineData("星")]
    [InlineData("\ud83c\udfa8")]
    [InlineData("Where the river bends, there is a mill. ")]
    public void Parts_fit_and_lose_nothing(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 3_000 / unit.Length));
        var parts = EdgeText.Split(text).ToArray();
        Assert.Equal(text, string.Concat(parts));
        Assert.All(parts, part => Assert.InRange(Encoding.UTF8.GetByteCount(EdgeText.Escape(part)), 1, EdgeText.MaxBytes));
        Assert.All(parts.SkipLast(1), part => Assert.False(char.IsHighSurrogate(part[^1])));
    }

    private EdgeSynthesizer Voice(string token = EdgeServer.Token) => new(
        new LocalReader(engines.Flite, engines.Espeak), new SetOptions<EdgeVoiceOptions>(new() { Url = server.Url, TrustedClientToken = token }), TimeProvider.System);

    private static Task<Heard> SayAsync(EdgeSynthesizer voice, Utterance utterance) => Heard.AllAsync(voice.SynthesizeAsync(utterance, default)).SoonAsync();
}
