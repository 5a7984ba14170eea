using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What nobody asks in a museum is heard once more with English at large.</summary>
public sealed class SecondThoughtTests(Ears ears) : IClassFixture<Ears>
{
    private const string Everyday = "My daughter is learning how to ride a bicycle.";
    private const string Question = "Where does The Starry Night hang today?";

    [Fact]
    public async Task An_everyday_sentence_is_written_down_as_it_was_said_and_marked_all_the_same()
    {
        var pcm = await ears.SayAsync(Everyday, "rms");
        // Until the model is loaded there is the first hearing.
        await Eventually.TrueAsync(async () => WordErrors.Of(Everyday, (await ears.FinalAsync(pcm)).Text).Rate < 0.2);
        var heard = (await ears.HearAsync(pcm, new RecognitionRequest("en", Partials: false, Alternatives: 2)))[^1];
        Assert.True(heard.LowConfidence);
        Assert.Equal(heard.Text, string.Join(' ', heard.Words.Select(w => w.Text)));
        Assert.InRange(heard.Alternatives.Count, 1, 2);
        Assert.True(WordErrors.Of(Everyday, heard.Alternatives[0].Text).Rate > 0.2, "the museum's own reading is the other one");
    }

    [Fact]
    public async Task One_is_thought_about_at_a_time_and_who_comes_meanwhile_has_the_first_hearing()
    {
        var pcm = await ears.SayAsync(Everyday, "rms");
        await Eventually.TrueAsync(async () => WordErrors.Of(Everyday, (await ears.FinalAsync(pcm)).Text).Rate < 0.2);
        await using var taken = await ears.OpenPool.RentAsync(default);
        var heard = await ears.FinalAsync(pcm);
        Assert.True(heard.LowConfidence);
        Assert.True(WordErrors.Of(Everyday, heard.Text).Rate > 0.2);
    }

    [Fact]
    public async Task A_question_that_was_understood_is_not_heard_twice()
    {
        var before = ears.OpenPool.Peak;
        Assert.False((await ears.FinalAsync(await ears.SayAsync(Question))).LowConfidence);
        Assert.Equal(before, ears.OpenPool.Peak);
    }

    [Theory, InlineData(-9_000, -10_000, true), InlineData(-9_800, -10_000, false), InlineData(-10_000, int.MinValue, true), InlineData(int.MinValue, -10_000, false)]
    public void The_second_hearing_wins_by_its_score_alone(int open, int first, bool better) =>
        Assert.Equal(better, SphinxSecondThought.IsBetter(open, first, 2 * Transcript.SampleRate));
}
