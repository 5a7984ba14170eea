using Museum.AudioService.Recognition;
using Museum.AudioService.Remote;

namespace Museum.AudioService.DashScope;

/// <summary>The sentences of one utterance: those that have ended, and the one that still grows.</summary>
internal sealed class HeardSentences(string language)
{
    private readonly List<RecognizedSentence> ended = [];
    private RecognizedSentence? growing;

    // Chinese and Japanese sentences follow each other without a space.
    private string Gap => language is "zh" or "ja" or "yue" ? "" : " ";

    public string Text => string.Join(Gap, All.Select(s => s.Text!.Trim()));

    private IEnumerable<RecognizedSentence> All => (growing is null ? ended : ended.Append(growing)).Where(s => !string.IsNullOrWhiteSpace(s.Text));

    /// <returns>Whether the text is another than before.</returns>
    public bool Add(RecognizedSentence sentence)
    {
        var before = Text;
        if (sentence.SentenceEnd ?? sentence.EndTime is not null)
        {
            ended.Add(sentence);
            growing = null;
        }
        else
        {
            growing = sentence;
        }

        return Text != before;
    }

    public Transcript Final() => new(Text, IsFinal: true)
    {
        Language = language,
        Confidence = Text.Length > 0 ? RemoteEars.Untold : 0,
        Words = [.. All.SelectMany(s => s.Words ?? []).Select(w => new HeardWord(w.Text.Trim(), Sample(w.BeginTime), Sample(w.EndTime), RemoteEars.Untold))],
    };

    private static long Sample(double milliseconds) => (long)(milliseconds * Transcript.SampleRate / 1000);
}
