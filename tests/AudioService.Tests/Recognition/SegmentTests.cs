using Museum.AudioService.Recognition;

namespace Museum.AudioService.Tests.Recognition;

public sealed class SegmentTests(Ears ears) : IClassFixture<Ears>
{
    private const int Second = Transcript.SampleRate;

    [Fact]
    public void Voice_is_found_where_it_is_and_positions_are_kept()
    {
        var segments = SpeechSegments.Of([.. Noise(1, 30), .. Noise(2, 6_000), .. Noise(1.5, 30), .. Noise(1, 6_000), .. Noise(1, 30)]);
        Assert.Equal(2, segments.Count);
        Near(segments[0], 1, 3);
        Near(segments[1], 4.5, 5.5);
    }

    [Theory, InlineData(30, 6_000), InlineData(300, 20_000), InlineData(8, 300)]
    public void Loud_rooms_and_soft_voices_have_their_own_threshold(int noise, int voice)
    {
        var segment = Assert.Single(SpeechSegments.Of([.. Noise(1, noise), .. Noise(2, voice), .. Noise(1, noise)]));
        Near(segment, 1, 3);
    }

    [Fact]
    public void Silence_has_no_segment()
    {
        Assert.Empty(SpeechSegments.Of([]));
        Assert.Empty(SpeechSegments.Of(new short[3 * Second]));
        Assert.Empty(SpeechSegments.Of([.. Noise(3, 10)]));
    }

    [Fact]
    public void A_breath_within_a_sentence_cuts_nothing() =>
        Assert.Single(SpeechSegments.Of([.. Noise(0.5, 30), .. Noise(1, 6_000), .. Noise(0.3, 30), .. Noise(1, 6_000), .. Noise(0.5, 30)]));

    [Fact]
    public void What_is_too_long_is_cut_at_its_quietest_point_and_both_sides_hear_it()
    {
        // Twenty seconds without a pause, softer for 0.3 s at 11 s.
        var segments = SpeechSegments.Of([.. Noise(11, 6_000), .. Noise(0.3, 1_800), .. Noise(9, 6_000)]);
        Assert.Equal([false, true], segments.Select(s => s.Continues));
        Assert.InRange((segments[0].End + segments[1].Start) / 2.0 / Second, 11, 11.3);
        Assert.Equal(1, (segments[0].End - segments[1].Start) / (double)Second, 1);
    }

    [Fact]
    public async Task A_recording_of_several_questions_is_one_transcript_with_the_words_in_their_places()
    {
        var (first, second) = (await ears.SayAsync("Who painted The Starry Night?"), await ears.SayAsync("When was Lucy found?"));
        short[] pcm = [.. first, .. Ears.Quiet(1), .. second];
        var heard = await TranscribeAsync(pcm);
        Assert.InRange(WordErrors.Of("Who painted The Starry Night? When was Lucy found?", heard.Text).Rate, 0, 0.25);
        Assert.Equal(TimeSpan.FromSeconds((double)pcm.Length / Second), heard.Duration);
        Assert.InRange(heard.Words.Single(w => w.Text == "Lucy").StartSample, first.Length + Second, pcm.Length);
    }

    [Fact]
    public async Task Speech_that_was_cut_in_the_middle_is_joined_without_a_word_twice()
    {
        // Eight questions with pauses too short to cut at: over fifteen seconds.
        string[] questions = ["Who painted The Starry Night?", "How old is Lucy?", "Where is the Rosetta Stone kept today?", "What does The Great Wave mean?"];
        var said = new List<short>();
        for (var i = 0; i < 8; i++)
        {
            said.AddRange((await ears.SayAsync(questions[i % 4])).AsSpan()[2_400..^4_800]);
        }

        Assert.InRange(SpeechSegments.Of(said.ToArray()).Count, 2, 3);
        var heard = await TranscribeAsync(said.ToArray());
        var all = string.Join(' ', Enumerable.Range(0, 8).Select(i => questions[i % 4]));
        Assert.InRange(WordErrors.Of(all, heard.Text).Rate, 0, 0.3);
        Assert.Equal(heard.Words.OrderBy(w => w.StartSample), heard.Words);
    }

    private static short[] Noise(double seconds, int size)
    {
        var random = new Random(3);
        return Enumerable.Range(0, (int)(seconds * Second)).Select(_ => (short)random.Next(-size, size + 1)).ToArray();
    }

    private static void Near(SpeechSegment segment, double start, double end)
    {
        Assert.InRange(segment.Start / (double)Second, start - 0.25, start);
        Assert.InRange(segment.End / (double)Second, end, end + 0.25);
    }

    private async Task<Recording> TranscribeAsync(short[] pcm) => await ears.Transcriber
        .TranscribeAsync(new RecognitionRequest("en", Partials: false), pcm, default).SoonAsync();
}
