using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Caching;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <summary>
/// Answers the questions that were just suggested, before one of them is asked. By extraction only: a model's tokens are not spent on guesses.
/// </summary>
internal sealed class Foresight(ContentHolder content, AnswerSource answers, Prefetcher prefetcher, IOptionsMonitor<LlmOptions> llm)
{
    /// <param name="asked">What the suggestions were made for.</param>
    /// <param name="answer">What was said to it: together they are what "it" will mean.</param>
    /// <param name="suggested">The questions.</param>
    public void Expect(Asked asked, string answer, IReadOnlyList<string> suggested)
    {
        if (llm.CurrentValue.IsConfigured)
        {
            return;
        }

        PastMessage[] past = [.. asked.History, new(true, asked.Request.Text), new(false, answer)];
        foreach (var question in suggested)
        {
            prefetcher.TryPlan(ct => AnswerAsync(new TurnRequest { Text = question, Language = asked.Question.Answer, Retrieval = asked.Request.Retrieval }, past, ct));
        }
    }

    private async Task AnswerAsync(TurnRequest request, PastMessage[] past, CancellationToken ct)
    {
        using var lease = content.Use();
        var question = Parser.Parse(request.Text, request.Language, past, lease.Index);
        var asked = new Asked(request, question, SmallTalkReader.Read(question), past, lease.Index);
        await foreach (var _ in answers.AnswerAsync(asked, new AnswerRecord(), NoFunctions.Instance, ct, CacheEntryOptions.Foreseen))
        {
        }
    }
}
