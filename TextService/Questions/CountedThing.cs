using Museum.TextService.Index;

namespace Museum.TextService.Questions;

/// <summary>What a Chinese question counts (几个轮子): a single character that a sentence shares with it is no more than a coincidence.</summary>
internal sealed class CountedThing(string thing, Lexicon lexicon) : FocusTerm
{
    private const double SameThing = 0.4;

    private readonly ChineseFocus words = new(thing, lexicon);

    public override double Weight => words.Weight;

    public override double Match(IndexedSentence sentence) => words.Match(sentence) is var match && match >= SameThing ? match : 0;

    public override bool IsSubjectOf(IndexedSentence sentence) => words.IsSubjectOf(sentence);

    public override bool IsCountedIn(IndexedSentence sentence) => words.IsCountedIn(sentence);
}
