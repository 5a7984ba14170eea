using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using OpenAI;
using OpenAI.Embeddings;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.TextService.Retrieval;

/// <summary>The one way to the embeddings endpoint, by the official package.</summary>
internal sealed class Embedder(IOptions<EmbeddingOptions> options, Pipelines pipelines)
{
    public const string Pipeline = "embeddings";

    public EmbeddingOptions Options { get; } = options.Value;

    /// <summary>One vector of length 1 for each text, in their order.</summary>
    /// <exception cref="DependencyException"><c>embeddings_unavailable</c> or <c>embeddings_refused</c>.</exception>
    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        try
        {
            return await pipelines.Of(Pipeline).ExecuteAsync(async attempt => await AskAsync(texts, attempt), ct);
        }
        catch (Exception e) when (e is TimeoutRejectedException or BrokenCircuitException)
        {
            throw new DependencyException("embeddings_unavailable", "The embeddings endpoint does not answer.", e);
        }
    }

    /// <summary>The vector of a question; null when there is none in time: the words alone decide then.</summary>
    public async Task<float[]?> TryEmbedAsync(string question, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(Options.QuestionSeconds));
        try
        {
            return (await EmbedAsync([question], limit.Token))[0];
        }
        catch (Exception e) when (e is DependencyException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<float[]>> AskAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        try
        {
            var answer = (await Client().GenerateEmbeddingsAsync(texts, cancellationToken: ct)).Value;
            // Endpoints may answer in any order; the index says which is which.
            var vectors = answer.OrderBy(v => v.Index).Select(v => UnitVector.Of(v.ToFloats().ToArray())).ToList();
            return vectors.Count(v => v.Length > 0) == texts.Count
                ? vectors
                : throw new DependencyException("embeddings_unavailable", $"The embeddings endpoint gave {vectors.Count(v => v.Length > 0)} vectors for {texts.Count} texts.");
        }
        catch (ClientResultException e)
        {
            throw e.Status is 0 or 408 or 409 or 429 or >= 500
                ? new DependencyException("embeddings_unavailable", "The embeddings endpoint does not answer.", e)
                : new DependencyException("embeddings_refused", $"The embeddings endpoint refused with status {e.Status}: check Embeddings:BaseUrl, Embeddings:ApiKey and Embeddings:Model.", e) { Refused = true };
        }
        // A proxy's page, half a body, a vector that is none: of what cannot be read the package throws whatever its readers throw.
        catch (Exception e) when (e is not DependencyException && !(e is OperationCanceledException && ct.IsCancellationRequested))
        {
            throw new DependencyException("embeddings_unavailable", "What the embeddings endpoint answers cannot be read.", e);
        }
    }

    private EmbeddingClient Client() => new(
        Options.Model,
        new ApiKeyCredential(string.IsNullOrEmpty(Options.ApiKey) ? "none" : Options.ApiKey),
        // Retries are the pipeline's.
        new OpenAIClientOptions { Endpoint = Options.BaseUrl, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
}
