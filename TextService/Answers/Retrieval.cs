using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>The exhibits that best match a query, whether or not they answer it.</summary>
internal static class Retrieval
{
    public static async Task<List<Source>> BestAsync(Question question, ContentIndex index, int count, CancellationToken ct)
    {
        var named = question.Mentions.SelectMany(m => m.Exhibits).Distinct().Select((e, i) => (Exhibit: e, Score: 1 - (0.01 * i))).ToList();
        var hits = await index.FullText.SearchAsync(question.Tongue, FullTextTerms.Query(question.Text, question.Tongue), count, ct);
        var top = hits.Count > 0 ? hits[0].Score : 1;
        return [.. named
            .Concat(hits.Where(h => !named.Exists(n => n.Exhibit == h.Exhibit)).Select(h => (h.Exhibit, Score: 0.9 * h.Score / top)))
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
