using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Functions;
using Museum.TextService.Grounding;
using Museum.TextService.Language;
using Museum.TextService.Sentences;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>
/// The model of one endpoint writes the answer from the materials:
/// <code>
/// 1 it is told who it is, what was said and what the curators wrote, as far as its window reaches
/// 2 what it says is handed on as it comes, without its thoughts
/// 3 its function calls are answered, here or by the client, and it is asked again with the results
/// </code>
/// When it says nothing at all, another may; when it breaks off, the <see cref="AnswerGuard"/> completes what it said.
/// </summary>
internal sealed class LlmComposer(LlmInterface llm, IOptionsMonitor<PersonaOptions> persona) : IComposer
{
    // A model that calls functions again and again is going round in circles.
    private const int MostRounds = 4;

    // What extraction and the way back need, with a wide margin.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);

    /// <summary>As a provider of the capability <c>llm</c>.</summary>
    public static string NameOf(string endpoint) => endpoint.Length == 0 ? "model" : $"model.{endpoint}";

    /// <summary>False: only who answers at once still answers in time.</summary>
    public static bool HasTime(Turn turn) => turn.Budget.Left > Reserve;

    public async IAsyncEnumerable<Piece> ComposeAsync(Turn turn, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        var settings = llm.Options;
        var toolbox = new Toolbox(turn);
        var completion = new ChatCompletionOptions { MaxOutputTokenCount = settings.AnswerTokens, Temperature = settings.Temperature };
        foreach (var tool in settings.Tools ? Prompt.Fitting(toolbox.Tools, settings) : [])
        {
            completion.Tools.Add(tool);
        }

        var messages = Prompt.Of(turn, settings, persona.CurrentValue, completion.Tools);
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(ct);
        whole.CancelAfter(Shorter(TimeSpan.FromSeconds(settings.TimeoutSeconds), turn.Budget.Left - Reserve));
        var between = "";
        for (var round = 0; round < MostRounds; round++)
        {
            if (round == MostRounds - 1 && completion.Tools.Count > 0)
            {
                completion.ToolChoice = ChatToolChoice.CreateNoneChoice();
            }

            // The first is opened inside an attempt of the capability, which goes on to the next composer when it fails.
            var stream = round == 0 ? await OpenAsync(messages, completion, whole.Token, ct) : await ReopenAsync(messages, completion, turn.Budget, whole.Token, ct);
            var said = new StringBuilder();
            var calls = new ToolCalls();
            await using (stream)
            {
                if (round == 0)
                {
                    yield return new Piece.By(settings.Model!);
                }

                var thoughts = new ThoughtFilter();
                do
                {
                    calls.Add(stream.Current.ToolCallUpdates);
                    var text = thoughts.Push(string.Concat(stream.Current.ContentUpdate.Select(p => p.Text)));
                    if (text.Length > 0)
                    {
                        yield return new Piece.Text(said.Length == 0 ? between + text : text);
                        said.Append(text);
                    }
                }
                while (await stream.NextAsync(TimeSpan.FromSeconds(settings.StallSeconds), ct));
                if (thoughts.Flush() is { Length: > 0 } rest)
                {
                    yield return new Piece.Text(said.Length == 0 ? between + rest : rest);
                    said.Append(rest);
                }
            }

            if (calls.IsEmpty)
            {
                ThrowIfCutOff(stream.Finish, said.ToString());
                yield break;
            }

            // Else its last sentence would be one with the first that it says with the results.
            between = said.Length == 0 ? between : turn.Question.Answer == Tongue.Zh || char.IsWhiteSpace(said[^1]) ? "" : " ";
            messages.Add(calls.ToMessage(said.ToString()));
            var begun = calls.All.Select(call => (call.Id, Step: toolbox.Begin(call, turn))).ToList();
            // All of them before the first is waited for: the client may carry them out at once.
            foreach (var asked in begun.Select(b => b.Step.Asked).OfType<Piece.Call>())
            {
                yield return asked;
            }

            var told = await Task.WhenAll(begun.Select(b => ToldAsync(b.Step, results, whole.Token, ct)));
            turn.ClientTold |= begun.Exists(b => b.Step.Asked is not null);
            foreach (var (call, result) in begun.Zip(told))
            {
                // A client may answer with a book.
                var learnt = Prompt.Within(result, settings.ContextTokens / MostRounds);
                turn.Learnt.Add(learnt);
                messages.Add(new ToolChatMessage(call.Id, Prompt.Data(learnt)));
            }
        }

        throw new CompositionException($"The model called functions {MostRounds} times and did not come to an end.");
    }

    private async Task<LlmStream> OpenAsync(List<ChatMessage> messages, ChatCompletionOptions completion, CancellationToken whole, CancellationToken ct)
    {
        try
        {
            return await llm.OpenAsync(messages, completion, whole);
        }
        catch (OperationCanceledException e) when (whole.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new NetworkException("llm_late", "The model has not begun in time.", e);
        }
    }

    private async Task<LlmStream> ReopenAsync(
        List<ChatMessage> messages, ChatCompletionOptions completion, TurnBudget budget, CancellationToken whole, CancellationToken ct)
    {
        try
        {
            return await llm.OpenAsync(messages, completion, budget, whole);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            throw new CompositionException("The model did not come back after a function call.", e);
        }
    }

    // The completion of a broken answer wants time, too: a client that does not answer must not use it up.
    private static async Task<string> ToldAsync((string? Told, Piece.Call? Asked) step, IFunctionResults results, CancellationToken whole, CancellationToken ct)
    {
        try
        {
            return step.Asked is { } asked ? await Toolbox.ResultAsync(asked, results, whole) : step.Told!;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new CompositionException("The client did not carry out a function in time.", e);
        }
    }

    private static void ThrowIfCutOff(ChatFinishReason? finish, string said)
    {
        // Of a server that closes the connection without a word of farewell nobody knows whether it was done.
        if ((finish is null or ChatFinishReason.Length or ChatFinishReason.ContentFilter) && !SentenceEnd.IsWhole(said))
        {
            throw new CompositionException($"The model was cut off ({finish?.ToString() ?? "no reason given"}).");
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b > TimeSpan.Zero ? b : TimeSpan.Zero;
}
