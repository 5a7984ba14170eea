using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Tests.Remote;

/// <summary>Sentences, as the service speaks them.</summary>
public sealed class DashScopeTests(Engines engines) : DashScopeVoice(engines), IClassFixture<Engines>
{
    [Theory]
    [InlineData("zh", Chinese, "pcm")]
    [InlineData("zh", Chinese, "mp3")]
    [InlineData("en", "The Starry Night was painted in 1889.", "pcm")]
    public async Task A_sentence_is_spoken_by_the_published_protocol(string language, string text, string format)
    {
        var heard = await SayAsync(Voice(format: format), new Utterance(text, language, Rate: 1.25, Pitch: 0.9));
        Assert.Equal(["run-task", "continue-task", "finish-task"], Server.Actions);
        var run = Server.Received.First().GetProperty("payload");
        Assert.Equal("cosyvoice-v3-plus", run.GetProperty("model").GetString());
        var parameters = run.GetProperty("parameters");
        Assert.Equal(("longanhuan", format, 22_050), (parameters.GetProperty("voice").GetString(), parameters.GetProperty("format").GetString(), parameters.GetProperty("sample_rate").GetInt32()));
        Assert.Equal((1.25, 0.9), (parameters.GetProperty("rate").GetDouble(), parameters.GetProperty("pitch").GetDouble()));
        Assert.Single(Server.Received.Select(m => m.GetProperty("header").GetProperty("task_id").GetString()).Distinct());

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
        Server.HoldsSound = new();
        await using var pieces = Voice().SynthesizeAsync(new Utterance(Chinese, "zh"), default).GetAsyncEnumerator();
        Assert.True(await pieces.MoveNextAsync().AsTask().SoonAsync());
        Assert.Equal(2_205, pieces.Current.Pcm.Length);
        Server.HoldsSound.SetResult();
        while (await pieces.MoveNextAsync().AsTask().SoonAsync())
        {
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sentences_are_sent_one_by_one_and_their_words_follow_each_other(bool timesBeginAnew)
    {
        Server.TimesBeginAnewWithEachSentence = timesBeginAnew;
        var heard = await SayAsync(Voice(), new Utterance("我们在这里。他是梵高。", "zh"));
        Assert.Equal(["run-task", "continue-task", "continue-task", "finish-task"], Server.Actions);
        Assert.Equal("我们在这里他是梵高", string.Concat(heard.Words.Select(w => w.Text)));
        Assert.All(heard.Words.Zip(heard.Words.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample, pair.ToString()));
        Assert.InRange(heard.Words[^1].EndSample, heard.Pcm.Length * 0.95, heard.Pcm.Length * 1.01);
    }

    [Fact]
    public async Task Cancelling_stops_the_work_of_the_service_and_sends_nothing_more()
    {
        Server.HoldsSound = new();
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

        await Eventually.TrueAsync(() => Server.Abandoned == 1);
        Assert.Equal(3, Server.Received.Count);
    }
}
