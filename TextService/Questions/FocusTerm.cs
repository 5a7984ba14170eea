using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Something that a question is about, beyond the exhibit and the kind of answer.</summary>
internal abstract class FocusTerm
{
    /// <summary>How much it tells; what the content never says tells most.</summary>
    public abstract double Weight { get; }

    /// <summary>How far a sentence speaks of it, 0–1.</summary>
    public abstract double Match(IndexedSentence sentence);

    /// <summary>True when the sentence is about the term itself: it begins with it or explains it.</summary>
    public abstract bool IsSubjectOf(IndexedSentence sentence);

    /// <summary>True when a number stands right before the term: "four versions", 30个齿轮.</summary>
    public abstract bool IsCountedIn(IndexedSentence sentence);
}

/// <param name="alternatives">Terms that count for the word, each with how far.</param>
internal sealed class EnglishFocus(string stem, double weight, IReadOnlyList<(string Term, double Strength)> alternatives) : FocusTerm
{
    public string Stem { get; } = stem;

    public override double Weight { get; } = weight;

    public override double Match(IndexedSentence sentence)
    {
        var best = 0.0;
        foreach (var (term, strength) in alternatives)
        {
            best = strength > best && sentence.Terms.Contains(term) ? strength : best;
        }

        return best;
    }

    public override bool IsSubjectOf(IndexedSentence sentence)
    {
        var words = EnglishWords.Of(sentence.Text);
        var at = words.FindIndex(w => EnglishStemmer.Stem(w) == Stem);
        return at is 0 or 1 or 2 || (at > 0 && sentence.Folded.Contains(words[at] + ", ", StringComparison.Ordinal));
    }

    public override bool IsCountedIn(IndexedSentence sentence)
    {
        var words = EnglishWords.Of(sentence.Text);
        var at = words.FindIndex(w => EnglishStemmer.Stem(w) == Stem);
        return at > 0 && words.GetRange(Math.Max(0, at - 2), Math.Min(2, at)).Exists(EnglishTraits.IsNumber);
    }
}

/// <summary>A run of Chinese characters between the words of the question's frame, covered by what a sentence shares with it.</summary>
internal sealed class ChineseFocus : FocusTerm
{
    // Two characters in a row are a word; one in common is a hint, a better one when it is rare.
    private const double Alone = 0.25;
    private const double RareAlone = 0.5;
    private const double Rare = 4;
    private const double SameConcept = 0.7;

    private readonly string run;
    private readonly double[] weights;
    private readonly List<(int Start, int Length, string Concept)> concepts;

    public ChineseFocus(string run, Lexicon lexicon, IEnumerable<(string Phrase, string Concept)> concepts)
    {
        this.run = run;
        weights = [.. run.Select(c => Han.Is(c) ? lexicon.Rarity(c.ToString()) : 0.5)];
        this.concepts = [.. concepts.Select(c => (run.IndexOf(c.Phrase, StringComparison.Ordinal), c.Phrase.Length, c.Concept)).Where(c => c.Item1 >= 0)];
        Weight = weights.Sum();
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

        foreach (var (start, length, concept) in concepts)
        {
            for (var i = start; i < Math.Min(start + length, covered.Length) && sentence.Terms.Contains(concept); i++)
            {
                covered[i] = Math.Max(covered[i], SameConcept);
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
        var at = sentence.Folded.IndexOf(run, StringComparison.Ordinal);
        return at > 0 && ChineseTraits.EndsInNumber(sentence.Folded[..at]);
    }

    // Three characters in a row are a name or a term, and no coincidence.
    public override bool IsSubjectOf(IndexedSentence sentence) => run.Length >= 3 && sentence.Folded.Contains(run, StringComparison.Ordinal);
}
