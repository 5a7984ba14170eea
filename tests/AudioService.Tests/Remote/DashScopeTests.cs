using Microsoft.Extensions.Options;
using Museum.AudioService.DashScope;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

public sealed class DashScopeTests(Engines engines) : IClassFixture<Engines>, IAsyncLifetime
{
    private const string Chinese = "《星月夜》是梵高在1889年画的。";

    private readonly ManualTime time = new();
    private DashScopeServer server = null!;
    private ServiceProvider? services;

    public async Task InitializeAsync() => server = await DashScopeServer.StartAsync(time);

    public async Task DisposeAsync()
    {
        await (services?.DisposeAsync() ?? default);
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("zh", Chinese, "pcm")]
    [InlineData("zh", Chinese, "mp3")]
    [InlineData("en", "The Starry Night was painted in 1889.", "pcm")]
    public async Task A_sentence_is_spoken_by_the_published_protocol(string language, string text, string format)
    {
        var heard = await SayAsync(Voice(format: format), new Utterance(text, language, Rate: 1.25, Pitch: 0.9));
        Assert.Equal(["run-task", "continue-task", "finish-task"], server.Actions);
        var run = server.Received.First().GetProperty("payload");
        Assert.Equal("cosyvoice-v3-plus", run.GetProperty("model").GetString());
        var parameters = run.GetProperty("parameters");
        Assert.Equal(("longanhuan", format, 22_050), (parameters.GetProperty("voice").GetString(), parameters.GetProperty("format").GetString(), parameters.GetProperty("sample_rate").GetInt32()));
        Assert.Equal((1.25, 0.9), (parameters.GetProperty("rate").GetDouble(), parameters.GetProperty("pitch").GetDouble()));
        Assert.Single(server.Received.Select(m => m.GetProperty("header").GetProperty("task_id").GetString()).Distinct());

        var letters = text.Count(char.IsLetterOrDigit);
        Assert.InRange(heard.Seconds, (letters / 20.0) - 0.01, (letters / 20.0) + 0.2);
        Assert.All(heard.Words, w => Assert.Equal(w.Text, text.Substring(w.TextStart, w.TextLength)));
        Assert.Contains(heard.Words, w => w.Text is "画" or "painted");
        Assert.Equal("1889", heard.Words.Single(w => w.Text.StartsWith('1')).Text);
    }

    [Theory]
    [InlineData("zh", Chinese)]
    [InlineData("en", "Van Gogh painted The Starry Night in 1889, during his stay at the asylum.")]
    public async Task Phones_of_the_engine_on_this_machine_follow_the_words_of_the_service(string language, string text)
    {
        var heard = await SayAsync(Voice(), new Utterance(text, language));
        Assert.All(heard.Phones.Zip(heard.Phones.Skip(1)), pair => Assert.Equal(pair.First.EndSample, pair.Second.StartSample));
        foreach (var word in heard.Words)
        {
            Assert.Contains(heard.Phones, p => !Pauses.Is(p) && p.StartSample >= word.StartSample && p.EndSample <= word.EndSample);
        }
    }

    [Fact]
    public async Task The_first_sound_is_heard_before_the_sentence_is_finished()
    {
        server.HoldsSound = new();
        await using var pieces = Voice().SynthesizeAsync(new Utterance(Chinese, "zh"), default).GetAsyncEnumerator();
        Assert.True(await pieces.MoveNextAsync().AsTask().SoonAsync());
        Assert.Equal(2_205, pieces.Current.Pcm.Length);
        server.HoldsSound.SetResult();
        while (await pieces.MoveNextAsync().AsTask().SoonAsync())
        {
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sentences_are_sent_one_by_one_and_their_words_follow_each_other(bool timesBeginAnew)
    {
        server.TimesBeginAnewWithEachSentence = timesBeginAnew;
        var heard = await SayAsync(Voice(), new Utterance("我们在这里。他是梵高。", "zh"));
        Assert.Equal(["run-task", "continue-task", "continue-task", "finish-task"], server.Actions);
        Assert.Equal("我们在这里他是梵高", string.Concat(heard.Words.Select(w => w.Text)));
        Assert.All(heard.Words.Zip(heard.Words.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample, pair.ToString()));
        Assert.InRange(heard.Words[^1].EndSample, heard.Pcm.Length * 0.95, heard.Pcm.Length * 1.01);
    }

    [Fact]
    public async Task A_warm_connection_carries_one_task_after_another()
    {
        var voice = Voice();
        for (var i = 0; i < 3; i++)
        {
            await SayAsync(voice, new Utterance(Chinese, "zh"));
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(3, server.Received.Select(m => m.GetProperty("header").GetProperty("task_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task At_most_the_configured_number_of_tasks_run_at_once_each_on_its_own_connection()
    {
        var voice = Voice(o => o with { Connections = 2 });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SayAsync(voice, new Utterance(Chinese, "zh"))));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_whose_task_failed_is_not_used_again()
    {
        var voice = Voice();
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        server.Fails = "InternalError.Algo";
        Assert.Equal("dashscope_failed", (await FailsAsync<DependencyException>(voice)).Code);
        server.Fails = null;
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("Throttling.RateQuota")]
    [InlineData("Throttling.AllocationQuota")]
    public async Task A_throttled_task_is_a_resource_that_is_short(string code)
    {
        server.Fails = code;
        Assert.Equal("dashscope_throttled", (await FailsAsync<ResourceException>(Voice())).Code);
    }

    [Fact]
    public async Task A_throttled_handshake_says_when_to_come_back()
    {
        server.Refuses = 429;
        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync<ResourceException>(Voice())).RetryAfter);
    }

    [Fact]
    public async Task An_expired_key_is_named_until_another_is_accepted()
    {
        var voice = Voice();
        server.ValidKey = "another";
        var refused = await FailsAsync<DependencyException>(voice);
        Assert.Equal("dashscope_key_refused", refused.Code);
        Assert.Contains("DashScope:Key", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, await voice.ProbeAsync(default));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(refused.Message, await voice.ProbeAsync(default));

        server.ValidKey = DashScopeServer.Key;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await voice.ProbeAsync(default));
        // The connection that the probe opened is the one that speaks.
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Without_a_key_nobody_is_asked_and_the_setting_is_named()
    {
        var voice = Voice(o => o with { Key = "" });
        Assert.Contains("DashScope__Key", await voice.ProbeAsync(default), StringComparison.Ordinal);
        Assert.Equal("dashscope_no_key", (await FailsAsync<DependencyException>(voice)).Code);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_service_that_does_not_start_the_task_in_time_is_given_up()
    {
        server.HoldsStart = new();
        var failure = await FailsAsync<DependencyException>(Voice(o => o with { FirstResultTimeout = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal("dashscope_timeout", failure.Code);
        server.HoldsStart.SetResult();
    }

    [Fact]
    public async Task A_service_that_falls_silent_in_the_middle_is_given_up()
    {
        server.HoldsSound = new();
        var failure = await FailsAsync<DependencyException>(Voice(o => o with { FirstResultTimeout = TimeSpan.FromMilliseconds(200) }));
        Assert.Equal("dashscope_timeout", failure.Code);
        await Eventually.TrueAsync(() => server.Abandoned == 1);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_ends_the_sound_and_is_not_asked_again()
    {
        (server.HangsUpAfter, server.HoldsSound) = (1, new());
        var heard = 0;
        var failure = await Assert.ThrowsAsync<DependencyException>(async () =>
        {
            await foreach (var piece in Voice().SynthesizeAsync(new Utterance(Chinese, "zh"), default))
            {
                heard += piece.Pcm.Length;
                server.HoldsSound.TrySetResult();
            }
        });
        Assert.Equal("dashscope_broke_off", failure.Code);
        Assert.Equal(2_205, heard);
        Assert.Single(server.Actions, "run-task");
    }

    [Fact]
    public async Task A_connection_older_than_the_service_keeps_it_is_left_for_a_new_one()
    {
        var voice = Voice();
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        time.Advance(TimeSpan.FromSeconds(61));
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_service_closed_early_costs_no_sentence()
    {
        server.ClosesIdleAfter = TimeSpan.FromSeconds(10);
        var voice = Voice();
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        time.Advance(TimeSpan.FromSeconds(11));
        await SayAsync(voice, new Utterance(Chinese, "zh"));
        Assert.InRange(server.Connections, 1, 2);
        Assert.Equal(0, server.Abandoned);
    }

    [Fact]
    public async Task Cancelling_stops_the_work_of_the_service_and_sends_nothing_more()
    {
        server.HoldsSound = new();
        using var stop = new CancellationTokenSource();
        await using (var pieces = Voice().SynthesizeAsync(new Utterance(Chinese, "zh"), stop.Token).GetAsyncEnumerator())
        {
            Assert.True(await pieces.MoveNextAsync().AsTask().SoonAsync());
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await pieces.MoveNextAsync().AsTask().SoonAsync())
                {
                }
            });
        }

        await Eventually.TrueAsync(() => server.Abandoned == 1);
        Assert.Equal(3, server.Received.Count);
    }

    [Fact]
    public async Task A_visitor_hears_the_next_voice_when_the_service_is_away()
    {
        server.Refuses = 503;
        var narrators = new Narrators(SoundCaches.InMemory(), new() { ["zh"] = ["dashscope", "espeak-ng"] }, Voice(), engines.Espeak);
        var sound = await narrators.Narrator.SpeakAsync(new Utterance(Chinese, "zh"), 16_000, default).SoonAsync();
        Assert.Equal("espeak-ng", sound.Provider);
    }

    private DashScopeSynthesizer Voice(Func<DashScopeSettings, DashScopeSettings>? change = null, string format = "pcm")
    {
        var settings = change?.Invoke(new()) ?? new();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new("DashScope:Url", server.Url), new("DashScope:Key", settings.Key), new("DashScope:FirstResultTimeout", settings.FirstResultTimeout.ToString()),
            new("Pools:dashscope:Max", $"{settings.Connections}")]).Build();
        services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(time).AddRemoteVoices().BuildServiceProvider();
        var connections = services.GetRequiredService<DashScopeConnections>();
        return new DashScopeSynthesizer(connections, new LocalReader(engines.Flite, engines.Espeak), Options.Create(new DashScopeVoiceOptions { Format = format }));
    }

    private static Task<Heard> SayAsync(DashScopeSynthesizer voice, Utterance utterance) => Heard.AllAsync(voice.SynthesizeAsync(utterance, default)).SoonAsync();

    private static Task<T> FailsAsync<T>(DashScopeSynthesizer voice)
        where T : Exception =>
        Assert.ThrowsAsync<T>(() => SayAsync(voice, new Utterance(Chinese, "zh")));

    private sealed record DashScopeSettings(string Key = DashScopeServer.Key, int Connections = 4)
    {
        public TimeSpan FirstResultTimeout { get; init; } = TimeSpan.FromSeconds(30);
    }
}
