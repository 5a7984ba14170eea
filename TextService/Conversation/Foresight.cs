using Microsoft.Extensions.Options;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <summary>
/// Answers the questions that were just suggested, before one of them is asked, and tells the voices what would be said. By extraction only: a
/// model's tokens are not spent on guesses.
/// </summary>
internal sealed class Foresight(
    ContentHolder content, AnswerSource answers, Prefetcher prefetcher, IEventPublisher events, IOptionsMonitor<LlmOptions> llm, IOptionsMonitor<RetrievalOptions> retrieval,
    IOptionsMonitor<TextOptions> text, TimeProvider time)
{
    /// <param name="asked">What the suggestions were made for.</param>
    /// <param name="answer">What was said to it: together they are what "it" will mean.</param>
    /// <param name="suggested">The questions.</param>
    public void Expect(Asked asked, AnswerRecord answer, IReadOnlyList<string> suggested)
    {
        // Exhibits are known by their numbers, which are others in another content: that of an external SRS, or one published meanwhile.
        var version = asked.Index.Version;
        if (llm.CurrentValue.IsConfigured || content.Version != version)
        {
            return;
        }

        PastMessage[] past = [.. asked.History, new(true, asked.Request.Text), new(false, answer.Text) { About = answer.About ?? [] }];
        foreach (var question in suggested)
        {
            prefetcher.TryPlan(ct => AnswerAsync(new TurnRequest { Text = question, Language = asked.Question.Answer, Retrieval = asked.Request.Retrieval }, past, asked.Question.Place, version, ct));
        }
    }

    private async Task AnswerAsync(TurnRequest request, PastMessage[] past, Place place, string version, CancellationToken ct)
    {
        using var lease = content.Use();
        if (lease.Index.Version != version)
        {
            return;
        }

        var question = Parser.Parse(request.Text, request.Language, past, lease.Index).At(place, place);
        var asked = new Asked(request, question, SmallTalkReader.Read(question), past, lease, retrieval.CurrentValue) { Budget = new TurnBudget(text.CurrentValue.Timeout, time) };
        var sentences = await answers.AnswerAsync(asked, new AnswerRecord(), NoFunctions.Instance, ct, CacheEntryOptions.Foreseen).OfType<AnswerPart.Sentence>().ToListAsync(ct);
        foreach (var alike in sentences.GroupBy(s => s.Tongue))
        {
            await TellAsync(new SentencesForeseen { Language = alike.Key.Code(), Sentences = [.. alike.Select(s => s.Text)] }, ct);
        }
    }

    private async Task TellAsync(SentencesForeseen foreseen, CancellationToken ct)
    {
        try
        {
            await events.PublishAsync(foreseen, ct);
        }
        catch (DependencyException)
        {
            // Without a broker the voice is made when it is wanted.
        }
    }
}
