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

/// <summary>A term that counts for more or less than by itself.</summary>
internal sealed class WeightedFocus(FocusTerm term, double factor) : FocusTerm
{
    public override double Weight => term.Weight * factor;

    public override double Match(IndexedSentence sentence) => term.Match(sentence);

    public override bool IsSubjectOf(IndexedSentence sentence) => term.IsSubjectOf(sentence);

    public override bool IsCountedIn(IndexedSentence sentence) => term.IsCountedIn(sentence);
}

/// <summary>Several terms of which one is enough.</summary>
internal sealed class AnyFocus(IReadOnlyList<FocusTerm> terms) : FocusTerm
{
    public override double Weight => terms.Max(t => t.Weight);

    public override double Match(IndexedSentence sentence) => terms.Max(t => t.Match(sentence));

    public override bool IsSubjectOf(IndexedSentence sentence) => terms.Any(t => t.IsSubjectOf(sentence));

    public override bool IsCountedIn(IndexedSentence sentence) => terms.Any(t => t.IsCountedIn(sentence));
}

/// <param name="word">As the visitor said it, folded.</param>
/// <param name="alternatives">Terms that count for the word, each with how far.</param>
internal sealed class EnglishFocus(string word, string stem, double weight, IReadOnlyList<(string Term, double Strength)> alternatives) : FocusTerm
{
    public string Word { get; } = word;

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
