using Museum.Contracts.Speech;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Tests;

public sealed class HeardTextTests
{
    private readonly HeardText heard = new();

    public HeardTextTests()
    {
        Add(0, "One two three.", [("One", 0, 8000, 0), ("two", 8000, 16000, 4), ("three", 16000, 24000, 8)]);
        Add(1, "Four five.", [("Four", 0, 8000, 0), ("five", 8000, 16000, 5)]);
    }

    [Fact]
    public void What_was_paced_out_counts_where_the_client_reports_nothing()
    {
        heard.PacedTo(0, 1500);
        heard.PacedTo(1, 600);
        Assert.Equal("One two three. Four", heard.Text(spokenTurn: true));
    }

    [Fact]
    public void What_the_client_played_counts_more_than_what_was_paced_out()
    {
        heard.PacedTo(0, 1500);
        heard.PacedTo(1, 1000);
        heard.Played(0, 1100, finished: false);
        Assert.Equal("One two", heard.Text(spokenTurn: true));
    }

    [Fact]
    public void A_finished_sentence_was_heard_whole()
    {
        heard.Played(0, 0, finished: true);
        Assert.Equal("One two three.", heard.Text(spokenTurn: true));
    }

    [Fact]
    public void An_answer_without_a_voice_counts_as_shown() => Assert.Equal("One two three. Four five.", heard.Text(spokenTurn: false));

    [Fact]
    public void Nothing_played_is_nothing_heard() => Assert.Equal("", heard.Text(spokenTurn: true));

    [Fact]
    public void The_fence_closes_upwards_only()
    {
        var fence = new Fence();
        fence.CloseThrough(5);
        fence.CloseThrough(3);
        Assert.True(fence.IsClosed(5));
        Assert.False(fence.IsClosed(6));
    }

    private void Add(int sequence, string text, (string Word, long Start, long End, int At)[] words)
    {
        heard.Shown(sequence, text);
        heard.Voiced(sequence, [.. words.Select(w => new TimedWord(w.Word, w.Start, w.End, w.At, w.Word.Length))], 16_000);
    }
}
