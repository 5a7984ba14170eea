using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>
/// Asks every question that the curators suggest, once, before the first visitor can: what is not answered from the exhibit that
/// suggests it is not offered. It also warms up everything that a question passes through.
/// </summary>
internal static class OfferedQuestions
{
    /// <returns>The suggestions that the texts do not answer, as far as extraction can see.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(ContentIndex index, RetrievalOptions options, CancellationToken ct)
    {
        var refused = new List<string>();
        var answers = new Localized<List<string>>([], []);
        var offered = new List<Localized<IReadOnlyList<string>>>();
        for (var exhibit = 0; exhibit < index.Exhibits.Count; exhibit++)
        {
            offered.Add(new Localized<IReadOnlyList<string>>(
                await AnsweredAsync(index, exhibit, Tongue.En, options, answers.En, refused, ct),
                await AnsweredAsync(index, exhibit, Tongue.Zh, options, answers.Zh, refused, ct)));
        }

        index.Offered = offered;
        index.OfferedAnswers = new Localized<IReadOnlyList<string>>(answers.En, answers.Zh);
        return refused;
    }

    private static async Task<IReadOnlyList<string>> AnsweredAsync(
        ContentIndex index, int exhibit, Tongue tongue, RetrievalOptions options, List<string> answers, List<string> refused, CancellationToken ct)
    {
        var answered = new List<string>();
        foreach (var ask in index.Exhibits[exhibit].Suggested[tongue])
        {
            var evidence = await RagProcessor.RetrieveAsync(Parser.Parse(ask, tongue, [], index), index, options, ct);
            if (evidence.Grounded && evidence.Answer[0].Sentence.Exhibit == exhibit)
            {
                answered.Add(ask);
                answers.Add(ExtractionComposer.Quote(evidence, tongue));
            }
            else
            {
                refused.Add(ask);
            }
        }

        return answered;
    }
}
