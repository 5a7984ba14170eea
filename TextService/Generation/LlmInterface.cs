using System.ClientModel;
using System.ClientModel.Primitives;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace Museum.TextService.Generation;

/// <summary>The one way to the model of an endpoint; a completion is never tried again once it has said something.</summary>
/// <param name="name">Of the endpoint: empty for the first, else that of the fallback.</param>
/// <param name="endpoint">Its settings as they are now.</param>
/// <param name="pipelines">For what is asked outside of the capability's attempts.</param>
internal sealed class LlmInterface(string name, Func<LlmEndpoint> endpoint, Pipelines pipelines)
{
    // When an answer is cancelled, the default handler would wait 2 s for the rest of it before it closes the connection. What a whole answer
    // leaves unread (the end of its last chunk) is there already, so that its connection is still used again.
    private static readonly HttpClientPipelineTransport Transport = new(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(20),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    public LlmEndpoint Options => endpoint();

    /// <summary>The pipeline of an endpoint.</summary>
    public static string PipelineOf(string name) => name.Length == 0 ? "llm" : $"llm.{name}";

    /// <summary>A completion whose first words are there, asked for once: for whoever is inside an attempt of the pipeline already.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="completion">The completion's settings.</param>
    /// <param name="ct">Closes the HTTP request, now or while it streams.</param>
    /// <exception cref="MuseumException"><c>llm_unavailable</c> or <c>llm_refused</c>: it said nothing.</exception>
    public Task<LlmStream> OpenAsync(IReadOnlyList<ChatMessage> messages, ChatCompletionOptions completion, CancellationToken ct) =>
        OpenAsync(messages, completion, ct, ct);

    /// <summary>The same through the pipeline, within the turn's budget.</summary>
    public Task<LlmStream> OpenAsync(IReadOnlyList<ChatMessage> messages, ChatCompletionOptions completion, TurnBudget turn, CancellationToken ct) =>
        turn.RunAsync(pipelines.Of(PipelineOf(name)), attempt => OpenAsync(messages, completion, attempt, ct), ct);

    /// <summary>Null: the model can be asked. Else why not. Any answer to the list of models shows an endpoint that lives; not every one has that list.</summary>
    public async ValueTask<string?> ProbeAsync(CancellationToken ct)
    {
        var settings = Options;
        if (!settings.CanBeAsked)
        {
            return name.Length == 0
                ? "No model is configured (Llm:BaseUrl and Llm:Model): the guide answers with the curators' own sentences."
                : $"Llm:Fallbacks:{name} wants BaseUrl and Model.";
        }

        try
        {
            await new OpenAIModelClient(Credential(settings), ClientOptions(settings)).GetModelsAsync(ct);
            return null;
        }
        catch (ClientResultException e)
        {
            return e.Status switch
            {
                401 or 403 => "The model's endpoint refuses the key: check Llm:ApiKey.",
                0 or 408 or 429 or >= 500 => "The model is away; the guide answers with the curators' own sentences.",
                _ => null,
            };
        }
    }

    private Task<LlmStream> OpenAsync(IReadOnlyList<ChatMessage> messages, ChatCompletionOptions completion, CancellationToken attempt, CancellationToken whole)
    {
        var settings = Options;
        return settings.CanBeAsked
            ? LlmStream.OpenAsync(new ChatClient(settings.Model, Credential(settings), ClientOptions(settings)), settings, messages, completion, attempt, whole)
            : throw new DependencyException("llm_unconfigured", "No model is configured.") { Refused = true };
    }

    private static ApiKeyCredential Credential(LlmEndpoint options) => new(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey);

    // All clients share one transport: making one is cheap, and settings may change while this runs.
    private static OpenAIClientOptions ClientOptions(LlmEndpoint options)
    {
        var client = new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            Transport = Transport,
            NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            // Retries are the pipeline's.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        client.AddPolicy(new LlmDialect(options), PipelinePosition.PerCall);
        return client;
    }
}
