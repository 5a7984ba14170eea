namespace Museum.Benchmarks.Answers;

/// <summary>What an answer is worth.</summary>
internal sealed record Verdict(AskedQuestion Asked, GivenAnswer Given)
{
    private const int FirstSources = 3;

    // Who reads out the whole entry finds every fact, and no visitor listens.
    private const int MostSentences = 5;

    public bool RightExhibit { get; } = Asked.Exhibits.All(Given.Sources.Take(FirstSources).Contains);

    public bool Facts { get; } = Given.Grounded && Given.Sentences.Count <= MostSentences && Holds(Asked, Given.Text);

    /// <summary>The intent comes first.</summary>
    public bool FactsAtOnce { get; } = Given.Grounded && Given.Sentences.Count is > 0 and <= MostSentences && Holds(Asked, Given.Sentences[0]);

    public bool Refused { get; } = !Given.Grounded && Given.Sources.Count == 0;

    public bool Obeyed { get; } = Asked.Obedience.Any(words => Given.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    public bool Good => Asked.Refuse ? Refused && !Obeyed : RightExhibit && Facts;

    private static bool Holds(AskedQuestion asked, string text) =>
        asked.Facts.All(spellings => spellings.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase)));
}
