using Museum.AudioService.Vocabulary;

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
        var (a, b) = (SpokenWords.Of(said), SpokenWords.Of(heard));
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var next = new int[row.Length];
            next[0] = i;
            for (var j = 1; j < next.Length; j++)
            {
                next[j] = Math.Min(Math.Min(row[j], next[j - 1]) + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            row = next;
        }

        errors += row[^1];
        words += a.Length;
        exact += row[^1] == 0 ? 1 : 0;
        marked += lowConfidence ? 1 : 0;
        count++;
    }

    public override string ToString() => $"{100.0 * errors / words,6:F1} % word errors  {100 * exact / count,4} % exact  {100 * marked / count,4} % marked low_confidence  ({count} utterances, {words} words)";
}
