using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace Museum.TextService.Answers;

/// <summary>
/// Retrieval: which exhibits, which sentences, and whether they answer at all.
/// <code>
/// 1 the exhibits named, else the one spoken of, else the one described, else those that full-text search finds
/// 2 their sentences, weighed by what the question is about and by the kind of answer it wants
/// 3 the threshold: below it the guide says that it does not know
/// 4 the one to three sentences that answer; before them what the question has wrong, after them what follows from a comparison
/// </code>
/// </summary>
internal static class RagProcessor
{
    // Of several questions at once each gets its best; nobody listens to more.
    private const int MostOfAll = 4;

    // A workshop may have made thousands: only those of them are weighed, sentence by sentence, that full-text search puts first.
    private const int MostWeighed = 100;
    private const int SearchedAmong = 25;

    public static async ValueTask<Evidence> RetrieveAsync(Question question, ContentIndex index, RetrievalOptions options, CancellationToken ct)
    {
        if (question.IsInstruction)
        {
            return new Evidence { Grounded = false, Best = [], Answer = [], Exhibits = [] };
        }

        if (question.Parts.Count < 2)
        {
            return await OneAsync(question, index, options, ct);
        }

        var each = new List<Evidence>();
        foreach (var part in question.Parts)
        {
            each.Add(await OneAsync(After(each, part with { Place = question.Place }), index, options, ct));
        }

        // What the first of them is refused for, the others mostly only lean on.
        var answered = each.FindAll(e => e.Grounded);
        return answered.Count == each.Count ? Joined(answered)
            : await OneAsync(question, index, options, ct) is { Grounded: true } whole ? whole
            : each[0].Grounded ? Joined(answered) : each[0];
    }

    // "Which of them shows a storm, and who painted it?": it is what the first answer found.
    private static Question After(List<Evidence> before, Question part) =>
        part.Topics.Count == 0 && part.Mentions.Count == 0 && before is [.., { Grounded: true } last]
            ? part with { Topics = [.. last.Answer.Select(c => c.Sentence.Exhibit).Distinct()] }
            : part;

    private static Evidence Joined(List<Evidence> parts) => parts[0] with
    {
        Best = [.. parts.SelectMany(p => p.Best)],
        Answer = [.. Enumerable.Range(0, MostOfAll).SelectMany(i => parts.Where(p => p.Answer.Count > i).Select(p => p.Answer[i])).DistinctBy(c => c.Sentence).Take(MostOfAll)],
        Exhibits = [.. parts.SelectMany(p => p.Exhibits).Distinct()],
        LacksMeaning = parts.Exists(p => p.LacksMeaning),
    };

    private static async ValueTask<Evidence> OneAsync(Question question, ContentIndex index, RetrievalOptions options, CancellationToken ct)
    {
        var titled = question.Mentions.Where(m => m.Strength > MentionStrength.Maker).ToList();
        var named = await FewAsync([.. titled.SelectMany(m => m.Exhibits).Distinct()], question, index, ct);
        if (titled.Count > 1 && named.Count > 1 && Comparing.Of(question, named, index) is { } compared)
        {
            return compared;
        }

        if (named.Count > 0)
        {
            return Named(question, index, named, Grounds.Named, options);
        }

        var makers = await FewAsync([.. question.Mentions.SelectMany(m => m.Exhibits).Distinct()], question, index, ct);
        if (makers.Count > 0 && Named(question, index, makers, makers.Count == 1 && question.Tongue == Tongue.Zh ? Grounds.Named : Grounds.Maker, options) is { Grounded: true } made)
        {
            return made;
        }

        foreach (var spokenOf in question.ForeignTitle ? [] : SpokenOf(question))
        {
            var about = Judge(question, index, [spokenOf], question.PointsBack || question.Focus.Count == 0 ? Grounds.Named : Grounds.Topic, options);
            if (about.Grounded)
            {
                return about;
            }
        }

        return await FoundAsync(question, makers, index, options, ct);
    }

    private static async ValueTask<List<int>> FewAsync(List<int> exhibits, Question question, ContentIndex index, CancellationToken ct)
    {
        if (exhibits.Count <= MostWeighed)
        {
            return exhibits;
        }

        var meant = exhibits.ToHashSet();
        var found = (await ExhibitSearch.FindAsync(question, index, SearchedAmong, ct)).Exhibits.Select(f => f.Exhibit).Where(meant.Contains);
        return [.. found.Concat(exhibits).Distinct().Take(MostWeighed)];
    }

    private static async ValueTask<Evidence> FoundAsync(Question question, List<int> makers, ContentIndex index, RetrievalOptions options, CancellationToken ct)
    {
        var search = await ExhibitSearch.FindAsync(question, index, options.TopK, ct);
        return Among(search.Exhibits, question, makers, index, options) with { LacksMeaning = search.LacksMeaning };
    }

    private static Evidence Among(IReadOnlyList<FoundExhibit> hits, Question question, List<int> makers, ContentIndex index, RetrievalOptions options)
    {
        if (question.Tongue == Tongue.En && Description.Recognise(question, hits, options.DescribedThreshold, index) is var (meant, asked)
            && Judge(asked, index, [meant], Grounds.Described, options) is { Grounded: true } recognised)
        {
            return recognised;
        }

        // Who names a maker asks about that maker's works, and no others.
        var found = Judge(question, index, makers.Count > 0 ? makers : [.. hits.Select(h => h.Exhibit)], Grounds.Search, options);
        if (!found.Grounded && question.Tongue == Tongue.Zh && ExhibitSearch.Described(hits, index.Lexicon(question.Tongue), options) is { } described)
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

    private static Evidence Named(Question question, ContentIndex index, List<int> named, Grounds grounds, RetrievalOptions options) =>
        Correcting.Of(question, named, index, (rest, exhibits) => Judge(rest, index, exhibits, grounds, options));

    private static Evidence Judge(Question question, ContentIndex index, IReadOnlyList<int> exhibits, Grounds grounds, RetrievalOptions options)
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
            : SentenceSelection.Choose(question, passing[0], ranked.First(c => c[0].Sentence.Exhibit == passing[0][0].Sentence.Exhibit), options.FewestSentences);
        if (question.Answer != question.Tongue)
        {
            answer = [.. answer.Select(c => Translation.Of(c, index, question.Answer)).DistinctBy(c => c.Sentence)];
        }

        return new Evidence { Grounded = true, Best = best, Answer = answer, Exhibits = order };
    }
}
