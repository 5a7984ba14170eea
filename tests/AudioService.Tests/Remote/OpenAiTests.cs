using Museum.AudioService.OpenAi;
using Museum.AudioService.Remote;
using Museum.AudioService.Scripted;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

public sealed class OpenAiTests(Engines engines) : IClassFixture<Engines>, IAsyncLifetime
{
    private const string Text = "The Starry Night was painted in 1889.";

    private readonly ManualTime time = new();
    private OpenAiServer server = null!;
    private OpenAiSynthesizer? voice;

    public async Task InitializeAsync() => server = await OpenAiServer.StartAsync();

    public async Task DisposeAsync()
    {
        voice?.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("pcm")]
    [InlineData("mp3")]
    public async Task A_sentence_is_spoken_and_its_words_and_phones_are_spread_over_what_was_heard(string format)
    {
        var heard = await SayAsync(Voice(new() { Format = format }), new Utterance(Text, "en", "alloy", 1.25));
        var request = server.Received.Single();
        Assert.Equal(
            (Text, "alloy", format, "gpt-4o-mini-tts", 1.25),
            (request.GetProperty("input").GetString(), request.GetProperty("voice").GetString(), request.GetProperty("response_format").GetString(), request.GetProperty("model").GetString(), request.GetProperty("speed").GetDouble()));
        Assert.InRange(heard.Seconds, Text.Count(char.IsLetterOrDigit) / 20.0, (Text.Count(char.IsLetterOrDigit) / 20.0) + 0.2);
        Assert.Equal(["The", "Starry", "Night", "was", "painted", "in", "1889"], heard.Words.Select(w => w.Text));
        Assert.InRange(heard.Words[^1].EndSample, heard.Pcm.Length * 0.8, heard.Pcm.Length);
        Assert.All(heard.Phones.Zip(heard.Phones.Skip(1)), pair => Assert.Equal(pair.First.EndSample, pair.Second.StartSample));
    }

    [Fact]
    public async Task The_first_sound_is_heard_before_the_sentence_is_finished()
    {
        server.HoldsSound = new();
        await using var pieces = Voice().SynthesizeAsync(new Utterance(Text, "en"), default).GetAsyncEnumerator();
        Assert.True(await pieces.MoveNextAsync().AsTask().SoonAsync());
        Assert.InRange(pieces.Current.Pcm.Length, 1, 2_400);
        server.HoldsSound.SetResult();
        while (await pieces.MoveNextAsync().AsTask().SoonAsync())
        {
        }
    }

    [Theory]
    [InlineData(401, "openai_voice_key_refused")]
    [InlineData(500, "openai_voice_refused")]
    public async Task A_refusal_is_a_dependency_that_is_away_until_it_answers_again(int status, string code)
    {
        server.Refuses = status;
        Assert.Equal(code, (await FailsAsync<DependencyException>(Voice())).Code);
        Assert.NotNull(await voice!.ProbeAsync(default));
        server.Refuses = null;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await voice.ProbeAsync(default));
    }

    [Theory]
    [InlineData(1, "openai")]
    [InlineData(2, ScriptedSynthesizer.ProviderName)]
    public async Task A_failure_that_passes_is_not_noticed_and_one_that_stays_sends_the_sentence_to_the_next_voice(int fails, string speaks)
    {
        server.Fails = fails;
        var narrators = new Narrators(SoundCaches.WithoutRoom(), new() { ["en"] = ["openai", ScriptedSynthesizer.ProviderName] }, Voice(), new ScriptedSynthesizer());
        await narrators.StartAsync();
        var sound = await narrators.Narrator.SpeakAsync(new Utterance(Text, "en"), 24_000, default).SoonAsync();
        await sound.Ended.SoonAsync();
        Assert.Equal(speaks, sound.Provider);
        Assert.Equal(2, server.Received.Count);
        await narrators.StopAsync();
    }

    [Fact]
    public async Task Throttling_says_when_to_come_back()
    {
        server.Refuses = 429;
        Assert.Equal(TimeSpan.FromSeconds(3), (await FailsAsync<ResourceException>(Voice())).RetryAfter);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_does_not_answer_or_falls_silent_is_given_up(bool atOnce)
    {
        server.HoldsAnswer = atOnce ? new() : null;
        server.HoldsSound = new();
        var failing = FailsAsync<DependencyException>(Voice());
        await Eventually.TrueAsync(() => !server.Received.IsEmpty);
        await time.PassesUntilAsync(failing);
        Assert.Equal("openai_voice_timeout", (await failing).Code);
        await Eventually.TrueAsync(() => server.Abandoned == 1);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_ends_the_sound()
    {
        (server.HangsUp, server.HoldsSound) = (true, new());
        var failure = await Assert.ThrowsAsync<DependencyException>(async () =>
        {
            await foreach (var piece in Voice().SynthesizeAsync(new Utterance(Text, "en"), default))
            {
                server.HoldsSound.TrySetResult();
            }
        });
        Assert.Equal("openai_voice_broke_off", failure.Code);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        var nobody = $"http://127.0.0.1:{FreePorts.Take(1)[0]}/v1";
        Assert.Equal("openai_voice_unreachable", (await FailsAsync<DependencyException>(Voice(new() { BaseUrl = nobody }))).Code);
    }

    [Fact]
    public async Task Who_stops_listening_stops_the_server()
    {
        server.HoldsSound = new();
        await using (var pieces = Voice().SynthesizeAsync(new Utterance(Text, "en"), default).GetAsyncEnumerator())
        {
            Assert.True(await pieces.MoveNextAsync().AsTask().SoonAsync());
        }

        await Eventually.TrueAsync(() => server.Abandoned == 1);
    }

    private OpenAiSynthesizer Voice(Settings? settings = null)
    {
        settings ??= new();
        return voice = new OpenAiSynthesizer(
            new LocalReader(engines.Flite, engines.Espeak),
            new SetOptions<OpenAiVoiceOptions>(new() { BaseUrl = settings.BaseUrl ?? server.Url, Key = OpenAiServer.Key, Format = settings.Format }),
            time);
    }

    private static Task<Heard> SayAsync(OpenAiSynthesizer voice, Utterance utterance) => Heard.AllAsync(voice.SynthesizeAsync(utterance, default)).SoonAsync();

    private static Task<T> FailsAsync<T>(OpenAiSynthesizer voice)
        where T : Exception =>
        Assert.ThrowsAsync<T>(() => SayAsync(voice, new Utterance(Text, "en")));

    private sealed record Settings(string? BaseUrl = null, string Format = "pcm");
}
