namespace Museum.Benchmarks.Answers;

/// <param name="Name">Of its files.</param>
/// <param name="IsBlind">Nobody looks at its single questions: what is tuned on others shows here whether it is of use to anybody else.</param>
internal sealed record QuestionSet(string Name, bool IsBlind);

/// <summary>The small sets beside <c>questions</c>, which tell whether the large one was over-fitted.</summary>
internal static class QuestionSets
{
    public static IReadOnlyList<QuestionSet> Beside { get; } = [new("heldout", false), new("second", false), new("third", false), new("fourth", false), new("fifth", true)];
}
