using System.Collections.Concurrent;
using Museum.TestKit;

namespace Museum.Benchmarks.Soak;

/// <summary>What became of the answers whose connections broke.</summary>
internal sealed class ResumeTally
{
    private int resumes;
    private int kills;
    private int answers;
    private int lost;
    private int doubled;
    private int brokenOff;
    private int refused;

    public int Resumes => resumes;

    public int Kills => kills;

    public int Answers => answers;

    public int Lost => lost;

    public int Doubled => doubled;

    public int BrokenOff => brokenOff;

    public int Refused => refused;

    public ConcurrentQueue<string> Remarks { get; } = new();

    public void Killed() => Interlocked.Increment(ref kills);

    public void Resumed(bool succeeded) => Interlocked.Increment(ref succeeded ? ref resumes : ref refused);

    /// <summary>An answer is whole when its text counts 0, 1, 2 … -1, each stream ends once, and no number is missing or there twice.</summary>
    public void Check(ResumingVisitor visitor, long turn)
    {
        Interlocked.Increment(ref answers);
        var answer = visitor.AnswerOf(turn);
        int[] texts = [.. answer.Frames.Where(f => f.Payload["text_stream_seq"] is not null).Select(f => (int)f.Payload["text_stream_seq"]!)];
        var voiceEnds = answer.Frames.Count(f => (int?)f.Payload["voice_stream_seq"] == -1);
        long[] numbers = [.. visitor.Frames.Where(f => f.Payload["seq"] is not null && f.Type != "AUDIO_META").Select(f => (long)f.Payload["seq"]!)];
        var isDoubled = texts.Length != texts.Distinct().Count() || voiceEnds > 1 || numbers.Length != numbers.Distinct().Count();
        var isLost = !texts.Contains(-1) || texts.Max() != texts.Length - 2 || voiceEnds == 0 || numbers.Max() - numbers.Min() + 1 > numbers.Length;
        Count(ref doubled, isDoubled, "twice", turn, texts, voiceEnds);
        Count(ref lost, isLost, "lost", turn, texts, voiceEnds);
        if (visitor.Frames.Any(f => f.Type == "ERROR" && answer.Frames.Any(a => (string?)a.Payload["request_id"] == (string?)f.Payload["request_id"])))
        {
            Interlocked.Increment(ref brokenOff);
        }
    }

    /// <summary>Something was to come, and has not within half a minute.</summary>
    public void Silent(ResumingVisitor visitor)
    {
        Interlocked.Increment(ref lost);
        Remarks.Enqueue($"silence after seq {visitor.LastSeq}, {visitor.Frames[^1].Type} {visitor.Frames[^1].Payload.ToJsonString()}");
    }

    private void Count(ref int counter, bool isSo, string what, long turn, int[] texts, int voiceEnds)
    {
        if (isSo)
        {
            Interlocked.Increment(ref counter);
            Remarks.Enqueue($"turn {turn}: {what}; text {string.Join(' ', texts)}, voice ended {voiceEnds} times");
        }
    }
}
