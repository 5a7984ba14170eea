using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Tours;

namespace Museum.TextService.Answers;

/// <summary>What a visitor may like to ask next: the curators' suggestions for what the talk is about, without what was asked already.</summary>
internal static class SuggestionPicker
{
    private const int Most = 3;

    // From here on two questions are the same in other words.
    private const double Alike = 0.75;

    /// <param name="question">What was asked.</param>
    /// <param name="answeredBy">The exhibits that the answer is from; null: nothing answers.</param>
    /// <param name="index">The content.</param>
    /// <param name="tour">Where the visit may go next; null: nothing is known of a visit.</param>
    public static IReadOnlyList<string> Pick(Question question, IReadOnlyList<int>? answeredBy, ContentIndex index, Tour? tour = null)
    {
        var tongue = question.Answer;
        var asked = question.AskedBefore.Append(question.Text).Select(t => Terms(t, tongue)).ToList();
        var about = answeredBy
            ?? question.Mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits).Concat(question.About is { } one ? [one] : question.Topics.Take(1));
        bool IsNew(string ask) => ask.Length > 0 && !asked.Exists(a => Likeness(a, Terms(ask, tongue)) >= Alike);
        var own = about.Distinct().SelectMany(e => index.Offered[e][tongue]).Where(IsNew).Distinct();
        var stops = (tour?.Next ?? []).Select(s => s.Question);
        var others = stops.Concat(Elsewhere(question, index).Select(e => index.Offered[e][tongue].FirstOrDefault(""))).Where(IsNew);
        // When it is time to go on, one of the questions leads there.
        return [.. own.Take(tour is { Propose: true } ? Most - 1 : Most).Concat(others).Distinct().Take(Most)];
    }

    // One exhibit per hall, and for another question others; the same for the same question, so that an answer can be repeated.
    private static IEnumerable<int> Elsewhere(Question question, ContentIndex index)
    {
        var seed = question.Text.Aggregate(17u, (hash, c) => (hash * 31) + c);
        return index.Map.Halls
            .Select(index.Map.In)
            .Select(hall => hall.ElementAt((int)(seed % (uint)hall.Count())))
            .OrderBy(e => ((uint)e * 2654435761u) ^ (seed * 2246822519u));
    }

    private static HashSet<string> Terms(string text, Tongue tongue) =>
        tongue == Tongue.Zh ? [.. ChineseText.Terms(text).Where(t => t.Length > 1)] : [.. EnglishWords.Of(text).Select(EnglishStemmer.Stem)];

    private static double Likeness(HashSet<string> a, HashSet<string> b)
    {
        var either = a.Union(b).Count();
        return either == 0 ? 0 : a.Intersect(b).Count() / (double)either;
    }
}
