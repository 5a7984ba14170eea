using Museum.AudioService.OpenAi;
using Museum.AudioService.Recognition;
using Museum.AudioService.Scripted;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

/// <summary>Any <c>/v1/audio/transcriptions</c>, by the official client.</summary>
public sealed class OpenAiEarTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Streaming = new() { ["Stt:OpenAi:Stream"] = "true", ["Stt:OpenAi:Model"] = "gpt-4o-transcribe" };

    private readonly ManualTime time = new();
    private OpenAiEarServer server = null!;
    private EarHost? host;

    public async Task InitializeAsync() => server = await OpenAiEarServer.StartAsync();

    public async Task DisposeAsync()
    {
        await (host?.DisposeAsync() ?? default);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_utterance_is_sent_as_a_recording_and_its_words_come_with_their_places()
    {
        var final = Assert.Single(await Host().HearAsync(1.2, "en"));
        var form = server.Received.Single();
        Assert.Equal(("whisper-1", "en", "verbose_json"), (form["model"], form["language"], form["response_format"]));
        Assert.Equal($"{44 + (19_200 * 2)}", form["bytes"]);
        Assert.Equal((true, "Who made the first?", "openai"), (final.IsFinal, final.Text, final.Provider));
        Assert.Equal(["Who", "made", "the", "first"], final.Words.Select(w => w.Text));
        Assert.Equal([0, 4_800, 9_600, 14_400], final.Words.Select(w => w.StartSample));
        Assert.InRange(final.Confidence, 0.85, 0.95);
        Assert.False(final.LowConfidence);
    }

    [Fact]
    public async Task What_the_server_is_not_sure_of_is_marked()
    {
        server.LogProbability = -1.5;
        Assert.True((await Host().HearAsync(1.2, "en"))[^1].LowConfidence);
    }

    [Fact]
    public async Task A_server_that_tells_the_text_alone_is_taken_at_its_word()
    {
        var final = Assert.Single(await Host(new() { ["Stt:OpenAi:Format"] = "json", ["Stt:OpenAi:Model"] = "gpt-4o-transcribe" }).HearAsync(1.2, "zh"));
        Assert.Equal(("json", "gpt-4o-transcribe", "zh"), (server.Received.Single()["response_format"], server.Received.Single()["model"], server.Received.Single()["language"]));
        Assert.Equal(("Who made the first?", 1.0, false), (final.Text, final.Confidence, final.LowConfidence));
        Assert.Empty(final.Words);
    }

    [Fact]
    public async Task A_streaming_server_is_followed_word_by_word()
    {
        var transcripts = await Host(Streaming).HearAsync(1.2, "en");
        Assert.Equal(["Who", "Who made", "Who made the", "Who made the first", "Who made the first?", "Who made the first?"], transcripts.Select(t => t.Text));
        Assert.Equal([false, false, false, false, false, true], transcripts.Select(t => t.IsFinal));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_not_asked_for_again_but_the_next_provider_hears_it_all()
    {
        server.HangsUp = new();
        var transcripts = new List<Transcript>();
        await foreach (var transcript in Host(new(Streaming) { ["Stt:Providers:en:1"] = ScriptedRecognizer.ProviderName }).Recognize(1.2, "en"))
        {
            transcripts.Add(transcript);
            if (transcript.Text == "Who made")
            {
                server.HangsUp.TrySetResult();
            }
        }

        Assert.Equal(("Who made", "openai"), (transcripts[1].Text, transcripts[1].Provider));
        Assert.Equal((true, ScriptedRecognizer.ProviderName), (transcripts[^1].IsFinal, transcripts[^1].Provider));
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task That_a_model_does_not_stream_is_told()
    {
        var failure = await Assert.ThrowsAsync<DependencyException>(() => Host(new() { ["Stt:OpenAi:Stream"] = "true" }).HearAsync(1.2, "en"));
        Assert.Contains("Stt:OpenAi:Stream", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "openai_ear_key_refused", 1)]
    [InlineData(400, "openai_ear_refused", 1)]
    [InlineData(500, "openai_ear_refused", 2)]
    [InlineData(503, "openai_ear_refused", 2)]
    public async Task A_refusal_is_a_dependency_that_is_away_and_only_what_may_pass_is_asked_again(int status, string code, int requests)
    {
        (server.Refusals, server.Status) = (99, status);
        Assert.Equal(code, (await FailsAsync<DependencyException>()).Code);
        Assert.Equal(requests, server.Received.Count);
        Assert.NotNull(await host!.Ear("openai").ProbeAsync(default));
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_noticed()
    {
        server.Refusals = 1;
        Assert.Equal("Who made the first?", (await Host().HearAsync(1.2, "en"))[^1].Text);
        Assert.Null(await host!.Ear("openai").ProbeAsync(default));
    }

    [Fact]
    public async Task Throttling_says_when_to_come_back_and_is_obeyed()
    {
        (server.Refusals, server.Status) = (99, 429);
        Assert.Equal(TimeSpan.FromSeconds(3), (await FailsAsync<ResourceException>()).RetryAfter);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_recording_that_is_too_long_for_the_server_is_the_speakers_affair()
    {
        (server.Refusals, server.Status) = (99, 413);
        var e = await FailsAsync<ClientException>();
        Assert.Equal(("audio_too_long", 413), (e.Code, e.Status));
    }

    [Theory]
    [InlineData("{\"text\":")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task What_is_no_transcript_is_a_failure_of_the_server(string answer)
    {
        server.Says = answer;
        Assert.Equal("openai_ear_malformed", (await FailsAsync<DependencyException>()).Code);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        server.HoldsAnswer = new();
        var failing = Record.ExceptionAsync(() => Host().HearAsync(1.2, "en"));
        for (var asked = 1; asked <= 2; asked++)
        {
            await Eventually.TrueAsync(() => server.Received.Count == asked);
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal("deadline_exceeded", ErrorInfo.Of((await failing.SoonAsync())!).Code);
        await Eventually.TrueAsync(() => server.Abandoned == 2);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        var failure = await Assert.ThrowsAsync<DependencyException>(() => Host(new() { ["Stt:OpenAi:BaseUrl"] = $"http://127.0.0.1:{FreePorts.Take(1)[0]}/v1" }).HearAsync(1.2, "en"));
        Assert.Equal("openai_ear_unreachable", failure.Code);
    }

    [Fact]
    public async Task Who_goes_away_ends_the_request()
    {
        server.HoldsAnswer = new();
        using var gone = new CancellationTokenSource();
        var hearing = Host().Recognize(1.2, "en", ct: gone.Token).ToListAsync().AsTask();
        await Eventually.TrueAsync(() => !server.Received.IsEmpty);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hearing.SoonAsync());
        await Eventually.TrueAsync(() => server.Abandoned == 1);
    }

    [Fact]
    public async Task Nothing_said_is_not_sent()
    {
        Assert.Equal("", Assert.Single(await Host().HearAsync(0, "en")).Text);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Without_an_address_it_is_not_asked_and_says_what_to_set()
    {
        host = new EarHost(new() { ["Stt:Providers:en:0"] = OpenAiRecognizer.ProviderName });
        Assert.Contains("Stt:OpenAi:BaseUrl", await host.Ear("openai").ProbeAsync(default), StringComparison.Ordinal);
        Assert.Equal("openai_ear_not_configured", (await Assert.ThrowsAsync<DependencyException>(() => host.HearAsync(1, "en"))).Code);
    }

    private EarHost Host(Dictionary<string, string>? more = null) => host ??= new EarHost(new Dictionary<string, string>
    {
        ["Stt:Providers:zh:0"] = OpenAiRecognizer.ProviderName,
        ["Stt:Providers:en:0"] = OpenAiRecognizer.ProviderName,
        ["Stt:OpenAi:BaseUrl"] = server.Url,
        ["Stt:OpenAi:Key"] = OpenAiEarServer.Key,
        ["Resilience:openai_ear:FirstDelay"] = "00:00:00",
    }.Concat(more ?? []).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value), time);

    private Task<T> FailsAsync<T>()
        where T : Exception => Assert.ThrowsAsync<T>(() => Host().HearAsync(1.2, "en"));
}
