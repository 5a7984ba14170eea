using System.Runtime.CompilerServices;
using System.Text;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Sentences;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>
/// The model writes the answer from the materials; its function calls go to the client and their results back to it. When it says
/// nothing at all, somebody else may; when it breaks off, the <see cref="Grounding.AnswerGuard"/> completes what it said.
/// </summary>
internal sealed class LlmComposer(LlmInterface llm) : IComposer
{
    /// <summary>As a provider of the capability <c>llm</c>.</summary>
    public const string Name = "model";

    // A model that calls functions again and again is going round in circles.
    private const int MostRounds = 4;

    // What extraction and the way back need, with a wide margin.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);

    /// <summary>False: only who answers at once still answers in time.</summary>
    public static bool HasTime(Turn turn) => turn.Budget.Left > Reserve;

    public async IAsyncEnumerable<Piece> ComposeAsync(Turn turn, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        var messages = Prompt.Of(turn);
        var completion = new ChatCompletionOptions { MaxOutputTokenCount = llm.Options.MaxTokens, Temperature = llm.Options.Temperature };
        foreach (var tool in FunctionTools.Of(turn.Request.Functions))
        {
            completion.Tools.Add(tool);
        }

        using var whole = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var left = turn.Budget.Left - Reserve;
        var limit = TimeSpan.FromSeconds(llm.Options.TimeoutSeconds);
        whole.CancelAfter(limit < left ? limit : left);
        var patience = TimeSpan.FromSeconds(llm.Options.StallSeconds);
        for (var round = 0; round < MostRounds; round++)
        {
            // The first is opened inside an attempt of the capability, which goes on to the next composer when it fails.
            var stream = round == 0 ? await llm.OpenAsync(messages, completion, whole.Token) : await ReopenAsync(messages, completion, turn.Budget, whole.Token, ct);
            var said = new StringBuilder();
            var calls = new ToolCalls();
            await using (stream)
            {
                if (round == 0)
                {
                    yield return new Piece.By(llm.Options.Model!);
                }

                do
                {
                    calls.Add(stream.Current.ToolCallUpdates);
                    var text = string.Concat(stream.Current.ContentUpdate.Select(p => p.Text));
                    if (text.Length > 0)
                    {
                        said.Append(text);
                        yield return new Piece.Text(text);
                    }
                }
                while (await stream.NextAsync(patience, ct));
            }

            if (calls.IsEmpty)
            {
                ThrowIfCutOff(stream.Finish, said.ToString());
                yield break;
            }

            messages.Add(calls.ToMessage(said.ToString()));
            foreach (var call in calls.All)
            {
                yield return new Piece.Call(call.Id, call.FunctionName, call.FunctionArguments.ToString());
                var outcome = await results.WaitAsync(call.Id, ct);
                turn.Learnt.Add(outcome.ResultJson);
                messages.Add(new ToolChatMessage(call.Id, outcome.IsSuccess ? outcome.ResultJson : $"{{\"error\":{outcome.ResultJson}}}"));
            }
        }

        throw new CompositionException($"The model called functions {MostRounds} times and did not come to an end.");
    }

    private static void ThrowIfCutOff(ChatFinishReason? finish, string said)
    {
        // Of a server that closes the connection without a word of farewell nobody knows whether it was done.
        if ((finish is null or ChatFinishReason.Length or ChatFinishReason.ContentFilter) && !SentenceEnd.IsWhole(said))
        {
            throw new CompositionException($"The model was cut off ({finish?.ToString() ?? "no reason given"}).");
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
}
