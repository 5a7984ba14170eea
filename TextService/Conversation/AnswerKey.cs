using System.Text;
using Museum.ServiceDefaults.Caching;
using Museum.TextService.Generation;
using Museum.TextService.Grounding;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <summary>What an answer depends on.</summary>
internal static class AnswerKey
{
    // This service's code: how a question is understood and an answer is composed. Another build, other answers.
    private static readonly string Build = typeof(AnswerKey).Assembly.ManifestModule.ModuleVersionId.ToString("n");

    /// <summary>
    /// Null: the answer is this visitor's own. A model is told what was said before and what the client can do; extraction looks at nothing of
    /// it but what "it" is.
    /// </summary>
    public static CacheKey? Of(Asked asked, LlmOptions llm, PersonaOptions persona, GroundingOptions grounding)
    {
        var (request, question, _, history, _, retrieval) = asked;
        var index = asked.Index;
        if (llm.IsConfigured && (history.Count > 0 || request.Functions.Count > 0))
        {
            return null;
        }

        return CacheKey.Of(
            ("build", Build),
            ("content", index.Version),
            ("question", Normalized(question.Text)),
            ("answer_in", question.Answer.Code()),
            ("topics", string.Join(' ', question.Topics)),
            ("retrieval", request.Retrieval ? retrieval.ToString() : null),
            ("vectors", index.Vectors?.Model),
            ("tour", asked.SmallTalk.Kind == SmallTalkKind.NextStop ? $"{asked.Tour.Current} {asked.Tour.Place} {string.Join(' ', asked.Tour.Visits)}" : null),
            ("role", llm.IsConfigured ? request.Role : null),
            ("requirements", llm.IsConfigured ? request.Requirements : null),
            ("scene", llm.IsConfigured ? $"{request.SceneDescription}\n{request.Scene?.Prompt}" : null),
            // Who names a thing means that thing, wherever it stands; a model is told where its visitor is.
            ("place", llm.IsConfigured || !question.Mentions.Any(m => m.Strength > MentionStrength.Maker) ? question.Place.ToString() : null),
            ("forbidden", persona.ForbiddenTopics),
            ("persona", llm.IsConfigured ? $"{persona} {grounding.UnprovenFacts}" : null),
            ("model", llm.First?.ToString()));
    }

    // White space and the ways to write an accent make no difference to anybody; capitals may (where a sentence ends), so they stay.
    private static string Normalized(string text) =>
        string.Join(' ', text.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
