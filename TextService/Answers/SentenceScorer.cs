using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>Weighs the sentences of an exhibit against a question.</summary>
internal static class SentenceScorer
{
    private const double CoverageShare = 0.62;

    // What a thing means is told in words of its own.
    private const double CoverageOfMeaning = 0.35;
    private const double CoverageOfReason = 0.52;

    // What was told beside the question decides where the question itself says little.
    private const double ContextShare = 0.08;
    private const double ContextShareAlone = 0.3;

    private const double ContextShareChinese = 0.32;

    // What the sentence before or after says helps a little: it is what "he" and "there" stand for.
    private const double NeighbourShare = 0.25;

    public static List<Candidate> Weigh(Question question, IReadOnlyList<IndexedSentence> sentences)
    {
        var matches = sentences.Select(s => question.Focus.Select(f => f.Match(s)).ToArray()).ToList();
        var whole = question.Focus.Sum(f => f.Weight);
        var share = (question.Tongue, question.Kind) switch
        {
            (Tongue.En, QuestionKind.Meaning) => CoverageOfMeaning,
            (Tongue.En, QuestionKind.Why) => CoverageOfReason,
            _ => CoverageShare,
        };
        var told = question.Setting.Sum(f => f.Weight);
        var candidates = new List<Candidate>(sentences.Count);
        for (var i = 0; i < sentences.Count; i++)
        {
            var own = 0.0;
            var around = 0.0;
            for (var t = 0; t < question.Focus.Count; t++)
            {
                var near = Math.Max(i > 0 ? matches[i - 1][t] : 0, i + 1 < sentences.Count ? matches[i + 1][t] : 0);
                own += question.Focus[t].Weight * matches[i][t];
                around += question.Focus[t].Weight * Math.Max(matches[i][t], near * NeighbourShare);
            }

            var fit = KindFit.Of(question.Kind, sentences[i]);
            var coverage = whole > 0 ? own / whole : 1;
            var context = whole > 0 ? around / whole : 0;
            var basis = whole > 0 ? share * (0.8 * coverage + 0.2 * context) + (1 - share) * fit : fit;
            candidates.Add(new Candidate(sentences[i], coverage, fit, Math.Clamp((basis * 0.8) + Extras(question, sentences[i]) + Beside(question, sentences[i], told), 0, 1)));
        }

        return candidates;
    }

    private static double Beside(Question question, IndexedSentence sentence, double told) =>
        told > 0 ? (question.Tongue == Tongue.Zh ? ContextShareChinese : question.Focus.Count == 0 ? ContextShareAlone : ContextShare) * question.Setting.Sum(f => f.Weight * f.Match(sentence)) / told : 0;

    // What it is stands in the first section.
    private static bool IsPlainFact(QuestionKind kind) =>
        kind is QuestionKind.WhoMade or QuestionKind.WhenMade or QuestionKind.Material or QuestionKind.Size or QuestionKind.Weight;

    private static double Extras(Question question, IndexedSentence s)
    {
        var cues = question.Cues.Count == 0 ? 0 : question.Cues.Count(s.Terms.Contains) / (double)question.Cues.Count;
        return (question.Focus.Count == 0 ? 0.16 : 0.08) * cues
            + (s.Has(Traits.Title) ? 0.06 : 0)
            - (s.Has(Traits.PointsBack) ? 0.06 : 0)
            + (s.Section == 0 && IsPlainFact(question.Kind) ? 0.06 : 0)
            + (question.Kind == QuestionKind.Count && question.Focus.Any(f => f.IsCountedIn(s)) ? 0.12 : 0)
            + 0.04 / (1 + s.Position);
    }
}
