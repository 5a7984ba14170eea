using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace Museum.TextService.Answers;

/// <summary>
/// Retrieval: which exhibits, which sentences, and whether they answer at all.
/// <code>
/// 1 the exhibits named, else the one spoken of, else those that full-text search finds
/// 2 their sentences, weighed by what the question is about and by the kind of answer it wants
/// 3 the threshold: below it the guide says that it does not know
/// 4 the one to three sentences that answer
/// </code>
/// </summary>
internal static class RagProcessor
{
    public static async ValueTask<Evidence> RetrieveAsync(Question question, ContentIndex index, RetrievalOptions options, CancellationToken ct)
    {
        var named = question.Mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits).Distinct().ToList();
        if (question.Compares && named.Count > 1 && Comparing.Of(question, index, named) is { } compared)
        {
            return compared;
        }

        if (named.Count > 0)
        {
            var told = Judge(question, index, named, Grounds.Named, options);
            return Correcting.With(told, question, index, named[0]);
        }

        var makers = question.Mentions.SelectMany(m => m.Exhibits).Distinct().ToList();
        if (makers.Count > 0)
        {
            return Correcting.With(Judge(question, index, makers, makers.Count == 1 ? Grounds.Named : Grounds.Maker, options), question, index, makers[0]);
        }

        foreach (var spokenOf in question.ForeignTitle ? [] : SpokenOf(question))
        {
            var about = Judge(question, index, [spokenOf], question.PointsBack || question.Focus.Count == 0 ? Grounds.Named : Grounds.Topic, options);
            if (about.Grounded)
            {
                return about;
            }
        }

        var hits = await ExhibitSearch.FindAsync(question, index, options.TopK, ct);
        var found = Judge(question, index, [.. hits.Select(h => h.Exhibit)], Grounds.Search, options);
        if (!found.Grounded && ExhibitSearch.Described(hits, index.Lexicon(question.Tongue), options) is { } described)
        {
            // What was told has done its work: the answer is another sentence.
            found = Judge(question with { Setting = [] }, index, [described], Grounds.Described, options);
        }

        return found.Grounded || question.Focus.Count > 0 || !question.PointsBack ? found : found with { WhichOne = true };
    }

    // Who says "this" means what is before them; who says nothing of the kind means what was spoken of, and else what is before them.
    private static IEnumerable<int> SpokenOf(Question question)
    {
        if (!question.PointsBack && question.Focus.Count == 0 && question.Kind == QuestionKind.What)
        {
            return [];
        }

        var topic = question.Topics.Take(1);
        int[] inView = question.Place.Exhibit is { } seen ? [seen] : [];
        return (question.PointsHere ? inView.Concat(topic) : topic.Concat(inView)).Distinct();
    }

    private static Evidence Judge(Question question, ContentIndex index, List<int> exhibits, Grounds grounds, RetrievalOptions options)
    {
        var ranked = exhibits
            .Select(e => SentenceScorer.Weigh(question, index.Sentences(e, question.Tongue)))
            .Where(c => c.Count > 0)
            .OrderByDescending(c => c.Max(s => s.Score))
            .ToList();
        var best = ranked.Take(options.MaterialExhibits).SelectMany(c => c.OrderByDescending(s => s.Score).Take(options.MaterialSentences)).ToList();
        var order = ranked.Select(c => c[0].Sentence.Exhibit).ToList();
        var passing = ranked.Select(c => Threshold.Passing(question, c, grounds, options)).Where(c => c.Count > 0).OrderByDescending(c => c.Max(s => s.Score)).ToList();
        if (passing.Count == 0 || question.ForeignTitle)
        {
            return new Evidence { Grounded = false, Best = best, Answer = [], Exhibits = order };
        }

        var answer = grounds == Grounds.Named && exhibits.Count > 1 && question.Focus.Count == 0
            ? [.. passing.Take(3).Select(c => c.MaxBy(s => s.Score)!)]
            : SentenceSelection.Choose(question, passing[0], ranked.First(c => c[0].Sentence.Exhibit == passing[0][0].Sentence.Exhibit));
        if (question.Answer != question.Tongue)
        {
            answer = [.. answer.Select(c => Translation.Of(c, index, question.Answer)).DistinctBy(c => c.Sentence)];
        }

        return new Evidence { Grounded = true, Best = best, Answer = answer, Exhibits = order };
    }
}
