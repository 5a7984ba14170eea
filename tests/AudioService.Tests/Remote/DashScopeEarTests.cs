using System.Runtime.CompilerServices;
using Museum.AudioService.DashScope;
using Museum.AudioService.Recognition;
using Museum.AudioService.Scripted;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Tests.Remote;

/// <summary>paraformer-realtime-v2, by the published protocol.</summary>
public sealed class DashScopeEarTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private DashScopeServer server = null!;
    private EarHost? host;

    public async Task InitializeAsync() => server = await DashScopeServer.StartAsync(time);

    public async Task DisposeAsync()
    {
        await (host?.DisposeAsync() ?? default);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_utterance_is_heard_by_the_published_protocol()
    {
        var transcripts = await Host().HearAsync(1.25);
        Assert.Equal(["run-task", "finish-task"], server.Actions);
        var run = server.Received.First().GetProperty("payload");
        Assert.Equal("paraformer-realtime-v2", run.GetProperty("model").GetString());
        var parameters = run.GetProperty("parameters");
        Assert.Equal("zh", parameters.GetProperty("language_hints").EnumerateArray().Single().GetString());
        Assert.True(parameters.GetProperty("heartbeat").GetBoolean());
        Assert.False(parameters.TryGetProperty("vocabulary_id", out _));
        Assert.Equal((40_000, 3_200), (server.SoundBytes, server.LargestSound));

        Assert.Equal(["谁", "谁画", "谁画的。", "谁画的。谁"], transcripts.SkipLast(2).Select(t => t.Text));
        var final = transcripts[^1];
        Assert.Equal((true, "谁画的。谁。", "dashscope", "zh"), (final.IsFinal, final.Text, final.Provider, final.Language));
        Assert.Equal(["谁", "画", "的", "谁"], final.Words.Select(w => w.Text));
        Assert.Equal([0, 4_800, 9_600, 14_400], final.Words.Select(w => w.StartSample));
        Assert.Single(transcripts, t => t.IsFinal);
    }

    [Fact]
    public async Task Words_come_while_the_visitor_still_speaks()
    {
        var more = new TaskCompletionSource();
        await using var transcripts = Host().Ear("dashscope").RecognizeAsync(new RecognitionRequest("zh"), Speak(more.Task), default).GetAsyncEnumerator();
        Assert.True(await transcripts.MoveNextAsync().AsTask().SoonAsync());
        Assert.Equal(("谁", false), (transcripts.Current.Text, transcripts.Current.IsFinal));
        more.SetResult();
        var last = transcripts.Current;
        while (await transcripts.MoveNextAsync().AsTask().SoonAsync())
        {
            last = transcripts.Current;
        }

        Assert.Equal((true, "谁画。"), (last.IsFinal, last.Text));
    }

    [Fact]
    public async Task English_words_are_apart_and_nobody_is_told_of_words_that_nobody_asked_for()
    {
        (server.Hears, server.HearsWithSpaces) = (["who", "made", "it"], true);
        var only = Assert.Single(await Host().HearAsync(1.25, "en", partials: false));
        Assert.Equal("who made it。 who。", only.Text);
    }

    [Fact]
    public async Task Nothing_said_is_an_empty_transcript() =>
        Assert.Equal(("", 0.0), ((await Host().HearAsync(0.1))[^1].Text, (await host!.HearAsync(0.1))[^1].Confidence));

    [Fact]
    public async Task One_warm_connection_carries_one_utterance_after_another()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("谁画。", (await Host().HearAsync(0.7))[^1].Text);
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(3, server.Received.Select(m => m.GetProperty("header").GetProperty("task_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_connection_that_the_service_closed_after_a_minute_is_replaced_and_nobody_notices()
    {
        await Host().HearAsync(0.7);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("谁画。", (await host!.HearAsync(0.7))[^1].Text);
        Assert.InRange(server.Connections, 1, 2);
        Assert.Equal(0, server.Abandoned);
    }

    [Theory]
    [InlineData("InternalError.Algo", "dashscope_failed")]
    [InlineData("InvalidApiKey", "dashscope_key_refused")]
    public async Task A_task_that_failed_says_why(string error, string code)
    {
        (server.Fails, server.StopsAfterWords) = (error, 2);
        Assert.Equal(code, (await FailsAsync<DependencyException>()).Code);
    }

    [Fact]
    public async Task Throttling_is_a_resource_that_is_short()
    {
        (server.Fails, server.StopsAfterWords) = ("Throttling.RateQuota", 2);
        Assert.Equal("dashscope_throttled", (await FailsAsync<ResourceException>()).Code);
        (server.StopsAfterWords, server.Refuses) = (null, 429);
        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync<ResourceException>()).RetryAfter);
    }

    [Fact]
    public async Task An_expired_key_is_told_and_a_renewed_one_is_taken()
    {
        server.ValidKey = "another";
        Assert.Equal("dashscope_key_refused", (await FailsAsync<DependencyException>()).Code);
        Assert.Contains("DashScope:Key", await host!.Ear("dashscope").ProbeAsync(default), StringComparison.Ordinal);
        server.ValidKey = DashScopeServer.Key;
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await host.Ear("dashscope").ProbeAsync(default));
    }

    [Fact]
    public async Task A_slow_start_and_results_that_stop_are_given_up_in_time()
    {
        // What has no task yet would look idle to the server.
        (server.HoldsStart, server.ClosesIdleAfter) = (new(), TimeSpan.MaxValue);
        Assert.Equal("dashscope_timeout", (await GivesUpAsync(after: "run-task")).Code);
        server.HoldsStart.SetResult();
        server.IsMute = true;
        Assert.Equal("dashscope_timeout", (await GivesUpAsync(after: "finish-task")).Code);
        await Eventually.TrueAsync(() => server.Abandoned >= 1);

        async Task<DependencyException> GivesUpAsync(string after)
        {
            var failing = FailsAsync<DependencyException>();
            await Eventually.TrueAsync(() => server.Actions.Contains(after));
            await time.PassesUntilAsync(failing);
            return await failing;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_it_breaks_off_in_the_middle_the_next_hears_the_utterance_from_its_beginning(bool garbage)
    {
        (server.StopsAfterWords, server.SendsGarbage) = (2, garbage);
        var (heard, transcripts) = (new TaskCompletionSource(), new List<Transcript>());
        await foreach (var transcript in Host(new() { ["Stt:Providers:zh:1"] = ScriptedRecognizer.ProviderName }).RecognizeAsync(Speak(heard.Task)))
        {
            transcripts.Add(transcript);
            heard.TrySetResult();
        }

        Assert.Equal(("谁", DashScopeRecognizer.ProviderName), (transcripts[0].Text, transcripts[0].Provider));
        Assert.Equal(("Who made", ScriptedRecognizer.ProviderName), (transcripts[^1].Text, transcripts[^1].Provider));
        Assert.Single(transcripts, t => t.IsFinal);
        Assert.False(host!.Hearing("zh").Providers[0].IsUp);
    }

    [Fact]
    public async Task Who_goes_away_ends_the_task()
    {
        using var gone = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Host().RecognizeAsync(Endless(), ct: gone.Token))
            {
                await gone.CancelAsync();
            }
        });
        await Eventually.TrueAsync(() => server.Abandoned == 1);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Endless([EnumeratorCancellation] CancellationToken ct = default)
    {
        yield return EarHost.Sound(0.4);
        await Task.Delay(Timeout.Infinite, ct);
    }

    [Fact]
    public async Task A_speaker_who_is_cut_off_is_nobodys_fault_and_no_other_is_asked()
    {
        await Assert.ThrowsAsync<IOException>(() => Host(new() { ["Stt:Providers:zh:1"] = ScriptedRecognizer.ProviderName }).HearAsync(CutOff()).SoonAsync());
        Assert.All(host!.Hearing("zh").Providers, p => Assert.True(p.Reason is null));

        static async IAsyncEnumerable<ReadOnlyMemory<short>> CutOff()
        {
            yield return EarHost.Sound(0.4);
            await Task.Yield();
            throw new IOException("The line went dead.");
        }
    }

    [Fact]
    public async Task Without_a_key_it_is_not_asked_and_says_what_to_set()
    {
        await using var without = new EarHost(new() { ["Stt:Providers:zh:0"] = "dashscope", ["DashScope:Url"] = server.Url });
        Assert.Contains("DashScope__Key", await without.Ear("dashscope").ProbeAsync(default), StringComparison.Ordinal);
        await Assert.ThrowsAsync<DependencyException>(() => without.HearAsync(0.5));
        Assert.Equal(0, server.Connections);
    }

    /// <summary>A word, and another when it was heard.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Speak(Task more)
    {
        yield return EarHost.Sound(0.4);
        await more.SoonAsync();
        yield return EarHost.Sound(0.4);
    }

    private EarHost Host(Dictionary<string, string>? more = null) => host ??= new EarHost(
        new(more ?? [])
        {
            ["Stt:Providers:zh:0"] = DashScopeRecognizer.ProviderName,
            ["Stt:Providers:en:0"] = DashScopeRecognizer.ProviderName,
            ["DashScope:Url"] = server.Url,
            ["DashScope:Key"] = DashScopeServer.Key,
        },
        time);

    private async Task<T> FailsAsync<T>()
        where T : Exception
    {
        var ear = Host().Ear(DashScopeRecognizer.ProviderName);
        return await Assert.ThrowsAsync<T>(() => ear.RecognizeAsync(new RecognitionRequest("zh"), Recognition.Ears.Live(EarHost.Sound(1.25)), default).ToListAsync().AsTask().SoonAsync());
    }
}
