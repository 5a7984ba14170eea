using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>A run of Chinese characters between the words of the question's frame, covered by what a sentence shares with it.</summary>
internal sealed class ChineseFocus : FocusTerm
{
    // Two characters in a row are a word; one in common is a hint, a better one when it is rare.
    private const double Alone = 0.25;
    private const double RareAlone = 0.5;
    private const double Rare = 4;
    private const double SameConcept = 0.7;

    // Written by its sound: 慧星 for 彗星.
    private const double SameSound = 0.8;

    private readonly string run;
    private readonly double[] weights;
    private readonly List<(int Start, int Length, string Term, double Strength)> others;

    public ChineseFocus(string run, Lexicon lexicon)
    {
        this.run = run;
        weights = [.. run.Select(c => Han.Is(c) ? lexicon.Rarity(c.ToString()) : 0.5)];
        Weight = weights.Sum();
        others = [.. ChineseConcepts.All.Select(c => (c.Phrase, c.Concept)).Concat(ChineseConcepts.Kinds.Select(k => (Phrase: k.Kind, k.Concept)))
            .Select(c => (run.IndexOf(c.Phrase, StringComparison.Ordinal), c.Phrase.Length, c.Concept, SameConcept)).Where(c => c.Item1 >= 0)];
        for (var i = 0; i + 1 < run.Length; i++)
        {
            var pair = run.Substring(i, 2);
            if (!lexicon.Knows(pair))
            {
                var at = i;
                others.AddRange(lexicon.SoundingLike(pair).Select(p => (at, 2, p, SameSound)));
            }
        }
    }

    public string Run => run;

    public override double Weight { get; }

    public override double Match(IndexedSentence sentence)
    {
        Span<double> covered = stackalloc double[Math.Min(run.Length, 256)];
        for (var i = 0; i < covered.Length; i++)
        {
            var pair = i + 1 < run.Length && sentence.Terms.Contains(run.Substring(i, 2));
            if (pair)
            {
                covered[i] = 1;
                if (i + 1 < covered.Length)
                {
                    covered[i + 1] = 1;
                }
            }
            else if (covered[i] == 0 && sentence.Terms.Contains(run[i].ToString()))
            {
                covered[i] = run.Length == 1 ? 1 : weights[i] >= Rare ? RareAlone : Alone;
            }
        }

        foreach (var (start, length, term, strength) in others)
        {
            for (var i = start; i < Math.Min(start + length, covered.Length) && sentence.Terms.Contains(term); i++)
            {
                covered[i] = Math.Max(covered[i], strength);
            }
        }

        var sum = 0.0;
        for (var i = 0; i < covered.Length; i++)
        {
            sum += covered[i] * weights[i];
        }

        return Weight > 0 ? sum / Weight : 0;
    }

    public override bool IsCountedIn(IndexedSentence sentence)
    {
        for (var at = sentence.Folded.IndexOf(run, StringComparison.Ordinal); at >= 0; at = sentence.Folded.IndexOf(run, at + 1, StringComparison.Ordinal))
        {
            if (ChineseTraits.EndsInNumber(sentence.Folded[..at]))
            {
                return true;
            }
        }

        return false;
    }

    // Three characters in a row are a name or a term, and no coincidence.
    public override bool IsSubjectOf(IndexedSentence sentence) => run.Length >= 3 && sentence.Folded.Contains(run, StringComparison.Ordinal);
}
