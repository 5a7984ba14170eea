namespace Museum.Benchmarks.Visitors.Questions;

/// <summary>
/// What is asked next. Zipf's law with exponent 1, as in most things that people ask for: the k-th most popular question comes up in
/// proportion to 1/k. Which questions are the popular ones follows from the seed.
/// </summary>
public sealed class Popularity
{
    private readonly string[] questions;
    private readonly double[] cumulative;

    public Popularity(IReadOnlyList<string> questions, int seed)
    {
        this.questions = [.. questions];
        new Random(seed).Shuffle(this.questions);
        cumulative = new double[questions.Count];
        var sum = 0d;
        for (var i = 0; i < cumulative.Length; i++)
        {
            cumulative[i] = sum += 1d / (i + 1);
        }
    }

    public string Next(Random random)
    {
        var found = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return questions[Math.Min(found < 0 ? ~found : found, questions.Length - 1)];
    }
}
