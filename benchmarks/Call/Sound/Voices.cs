using Museum.Benchmarks.Speech;
using Museum.Benchmarks.Visitors.Questions;

namespace Museum.Benchmarks.Call.Sound;

/// <summary>Something that a visitor asks, recorded, and the exhibit that it is about.</summary>
internal sealed record SpokenQuestion(string Exhibit, string Text, short[] Pcm);

/// <summary>What visitors say, by those of flite's voices that are not the guide's. Everything is recorded before a call begins.</summary>
internal static class Voices
{
    public static readonly string[] Names = ["awb", "slt"];

    /// <summary>About three seconds: the goals speak of such questions.</summary>
    private static readonly (double Least, double Most) Seconds = (1.8, 4);

    private static readonly string[] Beginnings = ["Stop. ", "Wait, ", "Excuse me, ", "Sorry, ", "Hold on, ", "One moment, ", "No, ", ""];

    /// <summary>Questions out of the content, spread over the museum; none twice.</summary>
    public static IReadOnlyList<SpokenQuestion> Questions(string content, int count, int seed)
    {
        var all = QuestionSet.OfExhibits(content, "en").ToArray();
        new Random(seed).Shuffle(all);
        return
        [
            .. all.Select((q, i) => new SpokenQuestion(q.Exhibit, q.Question, Sounds.Say(q.Question, Names[i % Names.Length])))
                .Where(q => q.Pcm.Length > Seconds.Least * Pcm.Rate && q.Pcm.Length < Seconds.Most * Pcm.Rate).Take(count),
        ];
    }

    /// <summary>The same, said into the guide's speech: "Wait, who painted …".</summary>
    public static IReadOnlyList<SpokenQuestion> Interruptions(IReadOnlyList<SpokenQuestion> questions) =>
        [.. questions.Select((q, i) => (q, Text: Beginnings[i % Beginnings.Length] + q.Text, Voice: Names[i % Names.Length])).Select(i => i.q with { Text = i.Text, Pcm = Sounds.Say(i.Text, i.Voice) })];
}
