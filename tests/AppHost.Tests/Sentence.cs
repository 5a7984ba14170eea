using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>One spoken sentence of an answer, and what must be true of it.</summary>
internal sealed record Sentence(string Text, short[] Samples, int SampleRate, JsonArray Visemes)
{
    private double LengthMs => Samples.Length * 1000d / SampleRate;

    public static Sentence Of(Answer answer, int sequence)
    {
        var meta = answer.Sounds.First(f => (int)f.Payload["sequence"]! == sequence).Payload;
        var face = answer.Faces.Single(f => (int)f.Payload["sequence"]! == sequence).Payload;
        return new Sentence((string)meta["text"]!, answer.Samples(sequence), (int)meta["sample_rate"]!, face["visemes"]!.AsArray());
    }

    /// <summary>Speech, not silence or placeholder bytes: loud enough over most of its length, and changing.</summary>
    public void IsAudible()
    {
        var window = SampleRate / 20;
        var loud = Samples.Chunk(window).Count(w => Math.Sqrt(w.Average(s => (double)s * s)) > 300);
        Assert.True(loud > 0.4 * Samples.Length / window, $"only {loud} windows of 50 ms are loud in: {Text}");
        Assert.True(Samples.Distinct().Count() > 200, "the samples hardly change");
    }

    /// <summary>English 0.25 to 1.0 s a word, Chinese 0.12 to 0.6 s a character (digits are spoken long).</summary>
    public void IsAsLongAsItsText(string language)
    {
        var units = language == "zh"
            ? Text.Count(c => c >= 0x2E80 || char.IsAsciiLetterOrDigit(c))
            : Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var seconds = LengthMs / 1000 / units;
        Assert.InRange(seconds, language == "zh" ? 0.1 : 0.15, language == "zh" ? 0.6 : 1.2);
    }

    public void HasAMouthThatStartsAndEndsWithTheSound()
    {
        double At(int i) => (double)Visemes[i]!["t_ms"]!;
        Assert.InRange(At(0), 0, 40);
        Assert.Equal("sil", (string?)Visemes[^1]!["id"]);
        // The mouth is closed for good where the sound ends (its trailing silence is part of the closing).
        Assert.InRange(At(Visemes.Count - 1), LengthMs - 250, LengthMs + 40);
        Assert.Contains(Visemes, v => (string?)v!["id"] is not ("sil" or "PP"));
        Assert.All(Enumerable.Range(1, Visemes.Count - 1), i => Assert.True(At(i) >= At(i - 1), "visemes come in order"));
    }
}
