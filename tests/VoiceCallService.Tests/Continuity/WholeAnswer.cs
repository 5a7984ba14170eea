using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>Nothing lost and nothing doubled, however often the connection broke.</summary>
internal static class WholeAnswer
{
    /// <summary>The words once and in order, their numbers without a gap, each stream ended once.</summary>
    public static void Check(ResumingVisitor visitor, long turn, string text)
    {
        var answer = visitor.AnswerOf(turn);
        Assert.Equal(text, answer.Text);
        int[] Seqs(string stream) => [.. answer.Frames.Where(f => f.Payload[stream] is not null).Select(f => (int)f.Payload[stream]!)];
        Assert.Equal([.. Enumerable.Range(0, Seqs("text_stream_seq").Length - 1), -1], Seqs("text_stream_seq"));
        Assert.Equal([-1], Seqs("voice_stream_seq"));
        Assert.Single(answer.Frames, f => f.Type == "TURN_STARTED");
        Assert.Single(answer.Frames, f => f.Type == "TURN_ENDED");
        Assert.InRange(answer.Frames.Count(f => f.Type == "SOURCES"), 0, 1);
        Assert.InRange(answer.Frames.Count(f => f.Type == "SUGGESTIONS"), 0, 1);
        var numbers = Numbered(visitor.Frames).Select(f => (long)f.Payload["seq"]!).ToArray();
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    public static ServerFrame[] Numbered(IEnumerable<ServerFrame> frames) => [.. frames.Where(f => f.Payload["seq"] is not null && f.Type != "AUDIO_META")];
}
