using Museum.TextService.Content;
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
    /// <param name="index">The content; what is offered in it is set here.</param>
    /// <param name="options">As for visitors.</param>
    /// <param name="ct">Ends the check.</param>
    /// <param name="before">
    /// The content until now: what is the same object there is not asked again, so that one edit costs one exhibit's questions. (Another
    /// exhibit may have taken over an answer; then the guide still tells the truth, only of that one.)
    /// </param>
    /// <returns>The suggestions that the texts do not answer, as far as extraction can see; of what was asked.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(ContentIndex index, RetrievalOptions options, CancellationToken ct, ContentIndex? before = null)
    {
        var known = new Dictionary<Exhibit, int>(before?.Exhibits.Select((e, i) => KeyValuePair.Create(e, i)) ?? [], ReferenceEqualityComparer.Instance);
        var refused = new List<string>();
        var answers = new List<Localized<IReadOnlyList<string>>>();
        var offered = new List<Localized<IReadOnlyList<string>>>();
        for (var exhibit = 0; exhibit < index.Exhibits.Count; exhibit++)
        {
            if (known.TryGetValue(index.Exhibits[exhibit], out var same))
            {
                offered.Add(before!.Offered[same]);
                answers.Add(before.OfferedAnswers[same]);
                continue;
            }

            var said = new Localized<List<string>>([], []);
            offered.Add(new Localized<IReadOnlyList<string>>(
                await AnsweredAsync(index, exhibit, Tongue.En, options, said.En, refused, ct),
                await AnsweredAsync(index, exhibit, Tongue.Zh, options, said.Zh, refused, ct)));
            answers.Add(new(said.En, said.Zh));
        }

        index.Offered = offered;
        index.OfferedAnswers = answers;
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
