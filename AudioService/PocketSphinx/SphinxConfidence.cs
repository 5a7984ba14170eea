namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// How likely the words were said, from two numbers that the decoder has anyway: the mean posterior of the words in the lattice, and how
/// well the language model expected them. A logistic regression over 40 museum questions (those heard with at most a quarter of the words
/// wrong) and 40 everyday sentences, two voices each: area under the curve 0.99 on these same; held-out sentences are in benchmarks/Speech. The acoustic score against a loop of phones reaches 0.73 on the same, adds nothing to the two, and costs
/// as much as the recognition itself; so there is no such loop.
/// </summary>
internal static class SphinxConfidence
{
    private const double LanguageWeight = 0.0169;
    private const double PosteriorWeight = 9.44;
    private const double Bias = -1.70;

    /// <summary>0–1; 0 for no words.</summary>
    public static double Of(IReadOnlyList<SphinxWord> words) => words.Count == 0
        ? 0
        : 1 / (1 + Math.Exp(-(Bias + (PosteriorWeight * words.Average(w => w.Posterior)) + (LanguageWeight * words.Average(w => w.LanguageScore)))));
}
