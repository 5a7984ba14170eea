using System.Text;
using Museum.Contracts.Speech;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// What the visitor really heard of an answer. The client's PLAYBACK counts where it comes; without it, what was paced out counts.
/// Sentences without a voice were shown whole and count as heard when they were sent.
/// </summary>
internal sealed class HeardText
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, Sentence> sentences = [];

    public void Shown(int sequence, string text) => Update(sequence, s => s with { Text = text });

    public void Voiced(int sequence, IReadOnlyList<TimedWord> words, int sampleRate) =>
        Update(sequence, s => s with { Words = words, SampleRate = sampleRate, HasVoice = true });

    public void PacedTo(int sequence, double milliseconds) => Update(sequence, s => s with { PacedMs = Math.Max(s.PacedMs, milliseconds) });

    public void Played(int sequence, double milliseconds, bool finished) => Update(sequence, s => s with
    {
        PlayedMs = Math.Max(s.PlayedMs ?? 0, finished ? double.MaxValue : milliseconds),
    });

    /// <param name="spokenTurn">False: nothing of the turn has a voice, so what was shown counts.</param>
    public string Text(bool spokenTurn)
    {
        lock (gate)
        {
            var reported = sentences.Values.Any(s => s.PlayedMs is not null);
            var heard = new StringBuilder();
            foreach (var sentence in sentences.Values)
            {
                var part = !spokenTurn ? sentence.Text : HeardOf(sentence, reported ? sentence.PlayedMs ?? 0 : sentence.PacedMs);
                if (part.Length > 0)
                {
                    heard.Append(heard.Length > 0 && part[0] < 0x2E80 ? " " : "").Append(part);
                }
            }

            return heard.ToString();
        }
    }

    private static string HeardOf(Sentence sentence, double milliseconds)
    {
        if (!sentence.HasVoice || milliseconds <= 0)
        {
            return "";
        }

        var samples = milliseconds * sentence.SampleRate / 1000;
        var end = 0;
        foreach (var word in sentence.Words)
        {
            if (word.EndSample > samples)
            {
                return sentence.Text[..Math.Min(end, sentence.Text.Length)];
            }

            end = word.TextStart + word.TextLength;
        }

        return sentence.Text;
    }

    private void Update(int sequence, Func<Sentence, Sentence> change)
    {
        lock (gate)
        {
            sentences[sequence] = change(sentences.GetValueOrDefault(sequence, new Sentence()));
        }
    }

    private sealed record Sentence
    {
        public string Text { get; init; } = "";
        public IReadOnlyList<TimedWord> Words { get; init; } = [];
        public int SampleRate { get; init; } = 16_000;
        public bool HasVoice { get; init; }
        public double PacedMs { get; init; }
        public double? PlayedMs { get; init; }
    }
}
