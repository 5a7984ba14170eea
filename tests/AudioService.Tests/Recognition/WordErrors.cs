using Museum.AudioService.Vocabulary;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>Words that were taken for others, left out or put in, and the words that were said: the edit distance over words.</summary>
internal readonly record struct WordErrors(int Errors, int Words)
{
    public double Rate => (double)Errors / Words;

    public static WordErrors Of(string said, string heard)
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

        return new WordErrors(row[^1], a.Length);
    }
}
