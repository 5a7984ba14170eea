using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>A doubtful utterance is heard again with its noise taken out otherwise.</summary>
public sealed class SecondLookTests(Ears ears) : IClassFixture<Ears>
{
    private const string Question = "Where does The Starry Night hang today?";

    private readonly ManualTime time = new(realTimers: false);

    [Fact]
    public async Task Of_all_hearings_the_most_credible_counts()
    {
        var pcm = RoomNoise.Add(await ears.SayAsync(Question), 15);
        var doubtful = Heard(posterior: 0.01);
        Assert.InRange(WordErrors.Of(Question, Text(await LookAsync(pcm, doubtful, TimeSpan.FromSeconds(1)))).Rate, 0, 0.3);
        var certain = Heard(posterior: 1);
        Assert.Same(certain, await LookAsync(pcm, certain, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(0.7, 15, true)]
    [InlineData(0.9, 15, false)]
    [InlineData(0.7, null, false)]
    public async Task In_noise_more_than_the_threshold_is_wanted_of_who_is_to_be_believed_at_once(double confidence, int? decibels, bool unsure)
    {
        var pcm = await ears.SayAsync(Question);
        Assert.Equal(unsure, SphinxSecondLook.IsUnsure(new Transcript(Question, IsFinal: true) { Language = "en", Confidence = confidence }, decibels is { } ratio ? RoomNoise.Add(pcm, ratio) : pcm));
    }

    [Fact]
    public async Task In_whatever_pieces_it_comes_the_same_speech_is_heard_alike()
    {
        await using var lease = await ears.Pool.RentAsync(default);
        var pcm = RoomNoise.Add(await ears.SayAsync(Question), 15);
        Task<IReadOnlyList<SphinxWord>> HearAsync(int piece) => lease.Value.Thread.RunAsync(decoder =>
        {
            decoder.Start();
            foreach (var part in pcm.Chunk(piece))
            {
                decoder.Hear(part);
            }

            return decoder.Finish(0).Words;
        });
        // PocketSphinx keeps a frame or two of the utterance before: it is the same for all three.
        await HearAsync(pcm.Length);
        var whole = await HearAsync(pcm.Length);
        Assert.NotEmpty(whole);
        Assert.Equal(whole, await HearAsync(333));
        Assert.Equal(whole, await HearAsync(4_800));
    }

    [Fact]
    public async Task The_decoder_is_fit_for_the_next_visitor_afterwards()
    {
        await using var lease = await ears.Pool.RentAsync(default);
        var pcm = await ears.SayAsync(Question);
        var look = Look(new SphinxTurns(time, 1), TimeSpan.FromSeconds(1));
        // As above: whoever had the decoder before leaves a frame or two, so the first of three looks only levels that.
        await look.HearAsync(lease.Value, pcm, Heard(0.01), new RecognitionRequest("en"), default).SoonAsync();
        var once = await look.HearAsync(lease.Value, pcm, Heard(0.01), new RecognitionRequest("en"), default).SoonAsync();
        var again = await look.HearAsync(lease.Value, pcm, Heard(0.01), new RecognitionRequest("en"), default).SoonAsync();
        Assert.NotEmpty(once.Words);
        Assert.Equal(once.Words, again.Words);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        var first = Heard(0.01);
        Assert.Same(first, await LookAsync(await ears.SayAsync(Question), first, TimeSpan.Zero));
    }

    [Fact]
    public async Task When_others_need_the_cores_until_the_limit_the_first_hearing_has_to_do()
    {
        var turns = new SphinxTurns(time, 1);
        using var busy = await turns.EnterAsync(TimeSpan.Zero, default);
        await using var lease = await ears.Pool.RentAsync(default);
        var first = Heard(0.01);
        var looking = Look(turns, TimeSpan.FromSeconds(1)).HearAsync(lease.Value, await ears.SayAsync(Question), first, new RecognitionRequest("en"), default);
        Assert.False(looking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(first, await looking.SoonAsync());
    }

    [Fact]
    public async Task A_caller_with_less_patience_than_is_configured_waits_no_longer_than_that()
    {
        var turns = new SphinxTurns(time, 1);
        using var busy = await turns.EnterAsync(TimeSpan.Zero, default);
        await using var lease = await ears.Pool.RentAsync(default);
        var first = Heard(0.01);
        var wish = new RecognitionRequest("en") { Patience = TimeSpan.FromMilliseconds(350) };
        var looking = Look(turns, TimeSpan.FromSeconds(1)).HearAsync(lease.Value, await ears.SayAsync(Question), first, wish, default);
        time.Advance(TimeSpan.FromMilliseconds(350));
        Assert.Same(first, await looking.SoonAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_speaks_over_the_guide_has_the_first_words_sooner(bool early)
    {
        await using var lease = await ears.Pool.RentAsync(default);
        var beginning = (await ears.SayAsync(Question))[..13_000];
        var words = await lease.Value.Thread.RunAsync(decoder =>
        {
            decoder.Start(early: early);
            decoder.Hear(beginning);
            return decoder.Hypothesis();
        });
        Assert.Equal(early, words.Length > 0);
    }

    [Fact]
    public async Task A_visitor_who_goes_away_ends_it()
    {
        using var gone = new CancellationTokenSource();
        var turns = new SphinxTurns(time, 1);
        using var busy = await turns.EnterAsync(TimeSpan.Zero, default);
        await using var lease = await ears.Pool.RentAsync(default);
        var looking = Look(turns, TimeSpan.FromSeconds(1)).HearAsync(lease.Value, await ears.SayAsync(Question), Heard(0.01), new RecognitionRequest("en"), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking.SoonAsync());
    }

    private async Task<SphinxResult> LookAsync(short[] pcm, SphinxResult first, TimeSpan limit)
    {
        await using var lease = await ears.Pool.RentAsync(default);
        return await Look(new SphinxTurns(time, 1), limit).HearAsync(lease.Value, pcm, first, new RecognitionRequest("en"), default).SoonAsync();
    }

    private SphinxSecondLook Look(SphinxTurns turns, TimeSpan limit) =>
        new(turns, time, new SetOptions<SttOptions>(new() { PocketSphinx = new PocketSphinxOptions { SecondLook = limit } }));

    private static SphinxResult Heard(double posterior) => new([new SphinxWord("mumble", 0, 1_600, posterior, 0)], [], -1_000);

    private static string Text(SphinxResult result) => string.Join(' ', result.Words.Select(w => w.Text));
}
