using Museum.AudioService.Recognition;
using Museum.AudioService.Whisper;

namespace Museum.AudioService.Tests.Whisper;

/// <summary>An utterance that is longer than what is recognised again while it goes on.</summary>
public sealed class HeardSoFarTests
{
    private const int Second = Transcript.SampleRate;
    private const int Window = 10 * Second;

    [Fact]
    public void Within_the_window_all_is_recognised_anew()
    {
        var heard = new HeardSoFar(" ");
        heard.Settle([Word("who", 0, 1), Word("made", 1, 2)], 10 * Second, Window);
        Assert.Equal((0, "what is it"), (heard.From, heard.With("what is it")));
    }

    [Fact]
    public void Beyond_it_the_words_of_its_older_half_stay_and_the_next_window_begins_where_the_last_of_them_ends()
    {
        var heard = new HeardSoFar(" ");
        heard.Settle([Word("who", 0, 1), Word("made", 4, 5), Word("this", 5.5, 6.5), Word("vase", 8, 9)], 11 * Second, Window);
        Assert.Equal((5 * Second, "who made this vase"), (heard.From, heard.With("this vase")));
        // Sixteen seconds: the window reaches from 5 to 16, and its older half ends at 11.
        heard.Settle([Word("this", 5.5, 6.5), Word("vase", 8, 9), Word("and", 10.5, 11.5)], 16 * Second, Window);
        Assert.Equal((9 * Second, "who made this vase and when"), (heard.From, heard.With("and when")));
    }

    [Fact]
    public void A_long_silence_moves_the_window_on_and_leaves_nothing_behind()
    {
        var heard = new HeardSoFar(" ");
        heard.Settle([], 14 * Second, Window);
        Assert.Equal((9 * Second, "hello"), (heard.From, heard.With("hello")));
    }

    [Fact]
    public void Chinese_is_joined_without_gaps()
    {
        var heard = new HeardSoFar("");
        heard.Settle([Word("这", 0, 1), Word("是", 1, 2)], 11 * Second, Window);
        Assert.Equal("这是什么", heard.With("什么"));
        Assert.Equal("这是", heard.With(""));
    }

    private static HeardWord Word(string text, double start, double end) => new(text, (long)(start * Second), (long)(end * Second), 1);
}
