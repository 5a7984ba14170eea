using Grpc.Core;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Resilience;
using Museum.Text.V1;

namespace Museum.AudioService.Ahead;

/// <summary>What the guide will probably say, asked of TextService, language by language, once per version of the content.</summary>
internal sealed class Sayings(Guide.GuideClient guide, Pipelines pipelines)
{
    private readonly Dictionary<string, SayingsResponse> known = [];

    public string Version => string.Join(' ', known.Values.Select(k => k.ContentVersion).Distinct());

    /// <summary>True: there are others than before.</summary>
    /// <exception cref="RpcException">TextService is away, or has not read its content yet.</exception>
    /// <exception cref="Polly.ExecutionRejectedException">It was away a moment ago, or takes too long.</exception>
    public async Task<bool> RefreshAsync(IEnumerable<string> languages, CancellationToken ct)
    {
        var changed = false;
        foreach (var language in languages)
        {
            var version = known.GetValueOrDefault(language)?.ContentVersion ?? "";
            var question = new SayingsRequest { Language = language, KnownVersion = version };
            var answer = await pipelines.Of(VocabularyKeeper.Pipeline).ExecuteAsync(async attempt => await guide.SayingsAsync(question, cancellationToken: attempt), ct);
            if (answer.ContentVersion == version)
            {
                continue;
            }

            if (answer.Sentences.Count == 0)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "The content has not been read yet."));
            }

            known[language] = answer;
            changed = true;
        }

        return changed;
    }

    /// <summary>The likeliest of every language first.</summary>
    public IEnumerable<Utterance> InOrder() => known
        .SelectMany(of => of.Value.Sentences.Select((text, place) => (place, new Utterance(text, of.Key))))
        .OrderBy(of => of.place)
        .Select(of => of.Item2);
}
