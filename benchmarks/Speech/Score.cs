using Museum.AudioService.Tests.Recognition;

namespace Museum.Benchmarks.Speech;

/// <summary>Word error rate over a set: substituted, missing and added words by the words said.</summary>
internal sealed class Score
{
    private int errors;
    private int words;
    private int exact;
    private int marked;
    private int count;

    public void Add(string said, string heard, bool lowConfidence)
    {
        var found = WordErrors.Of(said, heard);
        errors += found.Errors;
        words += found.Words;
        exact += found.Errors == 0 ? 1 : 0;
        marked += lowConfidence ? 1 : 0;
        count++;
    }

    public override string ToString() => $"{100.0 * errors / words,6:F1} % word errors  {100 * exact / count,4} % exact  {100 * marked / count,4} % marked low_confidence  ({count} utterances, {words} words)";
}
