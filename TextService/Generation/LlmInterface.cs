using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using OpenAI;
using OpenAI.Chat;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.TextService.Generation;

/// <summary>The one way to the model: opened through the pipeline <c>llm</c> (retries, circuit breaker), and never tried again once it has said something.</summary>
internal sealed class LlmInterface(IOptionsMonitor<LlmOptions> options, Pipelines pipelines)
{
    public const string Pipeline = "llm";

    public LlmOptions Options => options.CurrentValue;

    /// <summary>A completion whose first words are there.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="completion">The completion's settings.</param>
    /// <param name="ct">Closes the HTTP request, now or while it streams.</param>
    /// <exception cref="MuseumException"><c>llm_unavailable</c> or <c>llm_refused</c>: it said nothing, another composer may take over.</exception>
    public async Task<LlmStream> OpenAsync(IReadOnlyList<ChatMessage> messages, ChatCompletionOptions completion, CancellationToken ct)
    {
        var client = CreateClient(Options);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(ct);
        first.CancelAfter(TimeSpan.FromSeconds(Options.FirstTextSeconds));
        try
        {
            return await pipelines.Of(Pipeline).ExecuteAsync(async attempt => await LlmStream.OpenAsync(client, Options.Model!, messages, completion, attempt, ct), first.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is OperationCanceledException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new DependencyException("llm_unavailable", "The model does not answer in time.", e);
        }
    }

    // The SDK shares one HTTP transport among all clients: making one is cheap, and settings may change while this runs.
    private static ChatClient CreateClient(LlmOptions options) => new(
        options.Model,
        new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey),
        new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            // Retries are the pipeline's.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
}
