using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Retrieval;

/// <summary>The exhibits that best match a query, whether or not they answer it: Guide.Retrieve.</summary>
internal static class ExhibitSources
{
    // Whoever names an exhibit means it; of several the first first.
    private const double Next = 0.01;

    /// <param name="question">The query.</param>
    /// <param name="index">The content.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="threshold">0–1 on the scale of <see cref="ExhibitSearch"/>: what is below is left out.</param>
    /// <param name="ct">Ends the search.</param>
    public static async Task<List<Source>> BestAsync(Question question, ContentIndex index, int count, double threshold, CancellationToken ct)
    {
        var named = question.Mentions.SelectMany(m => m.Exhibits).Distinct().Select((e, i) => (Exhibit: e, Score: Math.Max(0.9, 1 - (Next * i)))).ToList();
        var found = (await ExhibitSearch.FindAsync(question, index, count, ct)).Exhibits;
        return [.. named
            .Concat(found.Where(f => !named.Exists(n => n.Exhibit == f.Exhibit)).Select(f => (f.Exhibit, Score: Math.Min(f.Score, named.Count > 0 ? 0.89 : 1))))
            .Where(f => f.Score >= threshold)
            .Take(count)
            .Select(f => ToSource(question, index, f.Exhibit, f.Score))
            .OfType<Source>()];
    }

    private static Source? ToSource(Question question, ContentIndex index, int exhibit, double score)
    {
        var best = SentenceScorer.Weigh(question, index.Sentences(exhibit, question.Tongue)).MaxBy(c => c.Score);
        if (best is null)
        {
            return null;
        }

        var quoted = question.Answer == question.Tongue ? best : Translation.Of(best, index, question.Answer);
        return Support.ToSource(quoted, index) with { Score = Math.Round(score, 3) };
    }
}
