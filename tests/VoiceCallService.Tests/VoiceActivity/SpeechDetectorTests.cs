using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Tests.VoiceActivity;

/// <summary>From probabilities to the beginning and the end of an utterance; one letter is 32 ms: s speech, . silence.</summary>
public sealed class SpeechDetectorTests
{
    private readonly SpeechDetector detector = new(new VoiceActivityOptions());

    [Theory]
    [InlineData("a click", "..ss...........", "2 Onset, 7 FalseAlarm")]
    [InlineData("250 ms of speech", "ssssssss", "0 Onset, 7 Confirmed")]
    [InlineData("a plosive in the first word", "sss..sssss", "0 Onset, 9 Confirmed")]
    [InlineData("a pause of 480 ms", "ssssssss...............s", "0 Onset, 7 Confirmed, 8 Pause, 23 Resumed")]
    [InlineData("a pause of 512 ms", "ssssssss................s", "0 Onset, 7 Confirmed, 8 Pause, 23 Ended, 24 Onset")]
    [InlineData("silence", "....................", "")]
    public void An_utterance_begins_with_speech_and_ends_with_silence(string what, string windows, string expected) =>
        Assert.Equal($"{what}: {expected}", $"{what}: {string.Join(", ", Changes(windows))}");

    [Fact]
    public void The_words_that_were_heard_may_shorten_the_silence_that_ends_it() =>
        Assert.Equal(["0 Onset", "7 Confirmed", "8 Pause", "17 Ended"], Changes("ssssssss..............", TimeSpan.FromMilliseconds(300)));

    [Fact]
    public void Or_lengthen_it() =>
        Assert.Equal(["0 Onset", "7 Confirmed", "8 Pause", "38 Resumed"], Changes($"ssssssss{new string('.', 30)}s", TimeSpan.FromSeconds(2.5)));

    [Fact]
    public void Speech_goes_on_at_a_lower_probability_than_it_begins_at()
    {
        Assert.Equal(SpeechChange.None, detector.Next(0.4));
        Assert.Equal(SpeechChange.Onset, detector.Next(0.5));
        for (var i = 0; i < 7; i++)
        {
            detector.Next(0.4);
        }

        Assert.Equal(SpeechPhase.Speech, detector.Phase);
    }

    [Fact]
    public void What_is_beyond_doubt_counts_apart_and_anew_for_each_utterance()
    {
        foreach (var probability in new[] { 0.6, 0.95, 0.4, 0.92 })
        {
            detector.Next(probability);
        }

        Assert.Equal((4 * SpeechDetector.Window, 2 * SpeechDetector.Window), (detector.Voiced, detector.Certain));
        while (detector.Phase != SpeechPhase.Silence)
        {
            detector.Next(0);
        }

        detector.Next(0.6);
        Assert.Equal((SpeechDetector.Window, TimeSpan.Zero), (detector.Voiced, detector.Certain));
    }

    [Fact]
    public void In_a_loud_hall_it_takes_more()
    {
        Assert.Equal(SpeechChange.None, detector.Next(0.6, raised: 0.15));
        Assert.Equal(SpeechChange.Onset, detector.Next(0.66, raised: 0.15));
    }

    private IEnumerable<string> Changes(string windows, TimeSpan? end = null) => windows
        .Select((window, i) => (Change: detector.Next(window == 's' ? 0.9 : 0.02, end: end), i))
        .Where(c => c.Change != SpeechChange.None)
        .Select(c => $"{c.i} {c.Change}");
}
