using System.ClientModel;
using System.Text.Json;
using Museum.ServiceDefaults.Errors;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>A completion that has begun to say something. Disposing it closes the HTTP request.</summary>
internal sealed class LlmStream : IAsyncDisposable
{
    private readonly CancellationTokenSource life;
    private readonly IAsyncEnumerator<StreamingChatCompletionUpdate> updates;
    private readonly CompletionMeasures measures;

    private LlmStream(CancellationTokenSource life, IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CompletionMeasures measures) =>
        (this.life, this.updates, this.measures) = (life, updates, measures);

    public StreamingChatCompletionUpdate Current => updates.Current;

    /// <summary>Asks the model and waits for the first update with anything in it.</summary>
    /// <param name="client">Bound to endpoint and model.</param>
    /// <param name="endpoint">The same, for the metrics.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The completion's settings.</param>
    /// <param name="attempt">Ends the attempt; not the stream, once it has begun.</param>
    /// <param name="whole">Ends the stream, whenever.</param>
    /// <exception cref="MuseumException"><c>llm_unavailable</c> (may be tried again), <c>llm_refused</c>, or <c>llm_cannot_take_it</c>: this request alone.</exception>
    public static async Task<LlmStream> OpenAsync(ChatClient client, LlmEndpoint endpoint, IEnumerable<ChatMessage> messages, ChatCompletionOptions options, CancellationToken attempt, CancellationToken whole)
    {
        var measures = new CompletionMeasures(endpoint);
        var life = CancellationTokenSource.CreateLinkedTokenSource(whole);
        IAsyncEnumerator<StreamingChatCompletionUpdate>? updates = null;
        try
        {
            await using var ends = attempt.Register(life.Cancel);
            updates = client.CompleteChatStreamingAsync(messages, options, life.Token).GetAsyncEnumerator(life.Token);
            while (await updates.MoveNextAsync())
            {
                measures.See(updates.Current);
                if (SaysSomething(updates.Current))
                {
                    measures.First();
                    return new LlmStream(life, updates, measures) { Finish = updates.Current.FinishReason };
                }
            }

            throw new DependencyException("llm_unavailable", "The model said nothing.");
        }
        catch (Exception e)
        {
            measures.Fail(e);
            measures.Dispose();
            await CloseAsync(life, updates);
            throw e is ClientResultException refused ? Reading(refused) : e;
        }
    }

    /// <summary>How the model said that it ended; null: it has not, or not in a way that is known.</summary>
    public ChatFinishReason? Finish { get; private set; }

    /// <summary>Waits for the next update with anything in it; false when there is none.</summary>
    /// <param name="patience">For it to come: a server may keep a connection alive for ever without a word.</param>
    /// <param name="ct">Whoever is asking.</param>
    /// <exception cref="CompositionException">The model broke off or stalled.</exception>
    public async ValueTask<bool> NextAsync(TimeSpan patience, CancellationToken ct)
    {
        try
        {
            life.CancelAfter(patience);
            while (await updates.MoveNextAsync())
            {
                measures.See(updates.Current);
                Finish = updates.Current.FinishReason ?? Finish;
                if (SaysSomething(updates.Current))
                {
                    life.CancelAfter(Timeout.InfiniteTimeSpan);
                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // An end that the client cannot read ("finish_reason":"eos_token") is an end: whether the text is whole, its last words show.
            return false;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            measures.Fail(e);
            throw new CompositionException("The model broke off.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(life, updates);
        measures.Dispose();
    }

    private static bool SaysSomething(StreamingChatCompletionUpdate update) =>
        update.ToolCallUpdates.Count > 0 || update.ContentUpdate.Any(p => !string.IsNullOrEmpty(p.Text));

    // First the request, then the reader of its body, which would otherwise wait for the next line.
    private static async Task CloseAsync(CancellationTokenSource life, IAsyncEnumerator<StreamingChatCompletionUpdate>? updates)
    {
        await life.CancelAsync();
        if (updates is not null)
        {
            await updates.DisposeAsync();
        }

        life.Dispose();
    }

    private static MuseumException Reading(ClientResultException e) => e.Status switch
    {
        0 or 408 or 409 or 429 or >= 500 => new DependencyException("llm_unavailable", "The model does not answer.", e),
        // What one client sent (a function's schema, too many words, what a content filter refuses) says nothing about the model: it is there for all others.
        400 or 413 or 422 => new ResourceException("llm_cannot_take_it", $"The model cannot take this request (status {e.Status}).", e),
        _ => new DependencyException("llm_refused", $"The model refused the request with status {e.Status}: check Llm:BaseUrl, Llm:ApiKey and Llm:Model.", e) { Refused = true },
    };
}
